# LZMA: liblzma decodes what Pyvarium's encoder wrote (the record is native CPython's). With an argument, this tells whether the
# encoder still writes the same (tests/unit/modules/lzma.test.ts).
import base64, lzma, random, sys

LZMA1, LZMA2 = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2
rnd = random.Random(11)
words = [bytes(rnd.choice(b'etaoin shrdlu') for _ in range(rnd.randrange(1, 9))) for _ in range(60)]
TEXT = b' '.join(rnd.choices(words, k=500))
BRANCHES = bytes(rnd.choice(b'\xe8\xe9\xeb\x40\x7f\xff\x00\xf0\xf8\x48\x01') for _ in range(300)) * 2
CASES = {
    'text': ({}, TEXT),
    'long': ({'check': lzma.CHECK_CRC32}, b'\0' * 5_000_000 + TEXT[:200]),
    'random': ({'check': lzma.CHECK_SHA256}, rnd.randbytes(300)),
    'numbers': ({'filters': [{'id': LZMA2, 'lc': 0, 'lp': 2, 'pb': 2, 'dict_size': 4096}]},
                b''.join((i * i).to_bytes(4, 'little') for i in range(300)) + bytes(5000) + TEXT[:400] * 2),
    'alone': ({'format': lzma.FORMAT_ALONE}, TEXT[:900]),
    'filters': ({'filters': [{'id': lzma.FILTER_X86}, {'id': lzma.FILTER_ARM}, {'id': lzma.FILTER_DELTA, 'dist': 2}, {'id': LZMA2}]}, BRANCHES),
    'raw': ({'format': lzma.FORMAT_RAW, 'filters': [{'id': lzma.FILTER_SPARC}, {'id': LZMA1, 'preset': 0}]}, BRANCHES),
}
WRITTEN = {
    'text':
    '{Wp48S^xk9=GL@E0stWa761SMbT8$j;0nS6#$5n1hze&k1Q_lqxG-tYX(StLmFPDpv=<~^Cxxf3NWaV`c^OItDH2kaDJMpbe3AH4?P7g%=Q<A|tCcRqEK(kAj`GC$m|@jx'
    'o>#eMCdLm+mB5kW;#u;+n|3M1YtwsG?l)qsPjh8s3seZAC4^?836|tAB<WMfyNX2ZT(Z(uOCmr5g*=Dvne@slIh;A{?OOm_GbpA8W+~=SrVn93;Feqb3P^CZ_rAMyx;8_A'
    '6Fqe^G(M?FZY9pn2A_R_OIrjG!RB&5DBz=$L|9SYAX5fwSuo$%zYU1(5b_&1`Zlr5RD6D9mWA#MvTzJx4!zrX3OKj{_3%tE(wW}1=@(i;`vlcS;tZRtNHfJp)D^-A)J^fd'
    'n9(!%*0W+oAdb{Q9PAJ=NC+gP)<?S2dxrA(H_I|ZDO{ek;BvZs072zA$4)@b%_5XJjQxJ^WU_Sf^K<&<ORM_CqS)D0>8`q-AfpJQY-l6I!tl;uxo+%)>B)70NW$yt47!nh'
    'dw9qx-OSxKoGRJKbJI>>Tve%TH9vz`g`hL>NsW4Y;PTeLRXU|CB}oCi!R9Rkd8ub6A$Qi+K?5Nei)`U@5pNJuU-7X%hX<15<s?-u+O5V0Bgl(U!Ah8x+*h6_%R)Dk;v^OG'
    '3es;y@;2gO9)+7>X~%Re{*+8sqsL**I#V{t&7t4R>UubeHntseQ22aJ!2r$rhNdhyHyb7g$}LrCfax}5tQ3YUh>vB@S%kzb0L1&RwA42Z|8K$?@zkc|{Evl>N{mIcZd`NT'
    'XfF4VCxEiD*XQlJ;_7d7Ekth><R)tWg|q`|Gh@5K-MB|%<Ze1;F|jRT>?K9Ze|jWQ)A<DSM(!PEp>9Xtn0@_5xX1Il`)I<|sTc|su0D8m$DSKX5p$^92dXYbokmEnZxh*h'
    'mkn*J8d;?wX8AR&oz>i-i*JIbp1;x&4uinlU}yUd$+*XI8z1t}sun1aez#QKxTQw%Ea(vB5u_6bejYm_47b!Tin0N$;=U{-JpP!D6a?K^LkR1iE@oCG+&#d~{-n?Eo@r)W'
    'P5zW6=5A#a!A`6$k@Ui>Jm-d{wJ6uREmn`<FT38E=mX-&kR`s2AUH9&rFBg_H$dYuWbOXtR|rAYkNi46?SB>8F-_DK9D!ck>8w3~t)NxK^gmCgq-yG9j(8OHLICQX&`v#O'
    ';Hz0?0*z&>V;6}N%3PwmL&ehTdY7#y{9ul}Gz0&R6Lz55XVqf?n-X&yu6*=8Pnyn1%5*=H`pgS62mk;8XfEMvFr)E600H6$!xaDkH<IjBvBYQl0ssI200dcD',
    'long':
    '{Wp48S^xk6X(HY>0stWa761SMbT8$j|NjvIY+V2VZ~g!OqqqM@K1daEIbl(_k|^e*h6nlX<Q{_4FU2}M0ZXxd$%=|iFQX0Ff2QM%BN0>JSs2B2isE<pwv>MiYQWxfNo3;b'
    'TvM_H*!M&Xt6vRmM(O3lc8Ir@SFE;8;b|Rj`%8!rY(mS3KU@Hh&`z%=D3oy@J&z>eaGs|lU+gH$h0&Fmihe4Q@+Woo8NddZO_=@Iuhozb#3fVs^^rC)1*Nd=Z^3X)M-0)C'
    '5vr|V9lFl3Cm38=hUsQfSib3YtXbscTLlRD$J(v@`%)`(%^q7ILiycOJ@_eP2|IwxDs11iJMhH4E?=q-K1*gokP{C75R>?Ecv<)h&Ht4sMh~g{eBS$-FfLZWkA?Gtfxu<N'
    'B~$qIkv1^}rLgXA!EjAS4AGGhs;yuhy3VmD7+hI~>1I+`zUg+XS>)wg1qk`a+O7QiQY&=L9$O$n`Q1}J_$g!wJAlh7Y~Qsz@Wi}GC+1k6{}2Hy0PJ&9r~SUJd@&lIw~aAw'
    'aGs|lU+gH$h0&Fmihe4Q@+Woo8NddZO_=@Iuhozb#3fVs^^rC)1*Nd=Z^3X)M-0)C5vr|V9lFl3Cm38=hUsQfSib3YtXbscTLlRD$J(v@`%)`(%^q7ILiycOJ@_eP2|Iwx'
    'Ds11iJMhH4E?=q-K1*gokP{C75R>?Ecv<)h&Ht4sMh~g{eBS$-FfLZWkA?Gtfxu<NB~$qIkv1^}rLgXA!EjAS4AGGhs;yuhy3VmD7+hI~>1I+`zUg+XS>)wg1qk`a+O7Qi'
    'QY&=L9$O$n`Q1}J_$g!wJAlh7Y~Qsz@Wj0?U#bs2OJ+il6Au3nllXCXS@;Xh|CK0452^fo-us#`E>^&gh4X`fz-7cGQ4c?|j7{VK{s8QAQ>XpDu6!{XpSO)MZg8HbBVX(&'
    '%Z1UEn2LTXk@6>X_Zh$jm`#}d*ss-)55y%?`1O%CF$JZt?r*_xO-BsTkrAq`U>&;7u_qW@S%&FmQdqv}cC1<C<y!>^`N!I={QFWXbj==HAVT@wQ$6@4I^y*hb-NUHYXn|>'
    'cX84Iz95#s0gDk!zGx|OzO2)_+4%~`sV4}qE`98C!TkRS$)sRahE^rqt=#uy9xmBA`W*Y3M-neBkw5@koeR_}(lgV@ft3Ng0|KI?8xmajg;&@mO(f5A$L9{Kd~aZ9H*Ujq'
    '?xR0kk`~c|df<VAeh08em?@n^8#2HU00000)jSVt00FrNh?ubgIm3;FJ}?c70ssI200CKA',
    'random':
    '{Wp48S^xkF;rk4s0stWa761SMbT8$j0Rbx#O>pPEJin2w@EwZ~bkK`n-iwbEK1UGI{c?~0Y(wgHpRGe@79}eS>dEM4is!yiPyGG<PM_r=Xh_j{BCl0bO#GSWok%4MFJ>Qy'
    '^BM28V;s}d_V@tzQQ%3N;9#%%Q=;Y58y8)98L2%epCQ6lZPt>L7xY|WSFF^%({?Jf#(^&`A^Vs>RzQpbE3VJ>goYDFT~Kt0g)#`9l|*N_>=-V-2VltGZmj%sXbtX!aewf7'
    '_q6|^A&aQrZDb=`Ai_>8ACSR=2iB`mrtH`>iP*d<!3^ljLbGAV5r3Uvp@x@GOzfiy_QuU#RB6L`buR=dxt1sevlKIbHhF1nY0!5~vvvqr#+oGjz#)e~r|DwOT1Or(<jau_'
    'FWzSt*LEyv_!CxOun&a*V8Qxlbxb_P$TDGDjb`LG)_cyupND8^h%T5CI?8LB00G<rtO5W4Iw?@tw&~v-0ssI2018=J',
    'numbers':
    '{Wp48S^xk9=GL@E0stWa00000Hz$|Y;2T#1hHL-;Xnvj;|LNkx*g2WAh_L!JkEJoJGTa#1>F~;wRA_$EUw}$&!OS8{pNt1=oi^NEuNdmM-cFGsxEA18m=emwPiMB&Oq;Z<'
    'Uw;gbBiPNPJ^+cEqXVO4h)_`o@I@Ik(DxEx-6aw4FP$<d)#?~l!2|Fz`9zIW4q~aUnW9sG+dHD__AVAwKeJ^?orj+kE{rr%knEnJJwRF@Oj4$oESLo@(;E8+doB}2NaeQj'
    '*M0iMLPv9`E)wf%RD|-i{`>tquezW!`~wXtmhAC$q^_~{yq%(J2F<=i@M0=09MPj>FD$$Q;qCMcBmJqN2(+;3mMUN3Vz=~dbwsIt2W0VT<t<=LkxXd=CHTL4#>PMaBe3#o'
    'LB?cYLIa|3nn(-&?5Lt{ZGE#nWMRUG&Cyf?@JGV*^N(>t#g1^I#mSGh+?JR$bl@l1(|A}L0x!jMwk+P3FQPOhQp~@h#H~|&)nDB|s`;Zq#d1RaGe80s#~3L~wW3`#f3>oX'
    '__1qu-OHtLmYDXiPxRGPv>V@uRx(1iUfE}lb58B8RQ_2s6ip}ww5zRIk-qK_BWIk+D)!Qp9Oc{%|3jlogJi1a)!1|<3Ws1GRJEn63n-v-4mBN_?_|V^)0Z4%sYh=q%dF#|'
    'gIXU<?Fw=L)45Kzw{2wz^fjv)%*~-yH5c=~FU#`LaC#6?wO_!dQ4#*JmTZN==$`Nb)ExB(LxIzw*c2U6!q(*dmWbPOl7A{OA>Qn#^ffNDYZN2Z*omG|(IuRgjkwtPB8~=D'
    '-S`%I;_3|Zo>xbTX+>b~#2#yB@mqU_pc8&$w>WnMx3W#;u;`VdS9nNxz3N(KM4=*+ORl}lo&Aa#{KW!+wlprIf6#mdzl^bwelliwKYa$VLc>jomU8e!H*$vRWiiN$Xwk6%'
    'zv%GMcASl05AzzX%VeTXosA~NBMV$5Qz^M*KC#?0E^&NBZ-`B&AT4j`cvK(@f|7g2kQVKJ(0Js@3K4<a#6_c|MfYhM;a*HHH=H+5{_v(ETvE&~0H`XFBg~*+EWJ85G_eH`'
    '*n41dLdS5QfOe2KE`2v4)^ld(rP|B$nTVnpTk}+Fm9gqNtL5K9e<^?{=s+13VDY2bjfq7k@?3m48afP;8F{@-&qQ1o&r5yv3-a+(gW+jm_WIbd9}I3e99SRj6l3))00000'
    'sd9Nnh6~`H00E*0*fszFe6XkHvBYQl0ssI200dcD',
    'alone':
    'T>t=p0RR90|NsC0{{S+G3THF~815;!Flo<eBpYm%=r<^|7bIRMg{Q7azsx3i8A=5y5>l2aCq|BZk@!;WVtsSxIu9YMl`h0AQXXxN^2GU=VbyD%SGi^;#t%xBz>(tOS@OY~'
    'b}7Yc(|c9!H)5?%b7f--R0yIagl3`%mgF!b=~KtMibU;PveH&dB0vI#JcsX@^vWwaoH^|6TL4=#D5eHxDdte74`D&zmRtM^NN~0HzPog~Hba0DJ#{lQKB-7<CC<(UpM8N#'
    'TLcin=5jwM;G>g7SW(^}QwD2UFyGg|4T$X!@*6n%HnGf9e12q>h3*Toa13D%z1w*TIJg1z@Juk$nclVO7g|F51l30344bS-GsQ>L6~YMAP4T^$(KGngvtmUcj?_UM><}?X'
    '2qdJ|N4nE{hVu9~%Q8bLT%NSxa=Lv0LFG8dPC(AhB9u9d{eJIcvUKwEbNc2>tNO&E*x6O-uDYHeqX?sHXd}eJ@XlblZtR5V$#sE9!t3e`x{-Z*c*rT;%-uGeD%r?$(@tPq'
    'RjF(>KZ96>pfmAF1Y%p7|M$`<wg',
    'filters':
    '{Wp48S^xk9=GL@E0|NvA2LJ;B0U-evK~IlC-~v|xZ(RU%k{j!!%j%*+Dm^<pd9^TH-Z2*I)CG*h2qvzd{d2(kGOlb8houQ1HQx}^v~Es=s;?59A1nR_OKXW$v3-}{C8!=T'
    'NJ%;w$YAkVk8$~~iw5B?n-mwkCVRovRf~3!d0WSmzCu->B>&*=P&uQHFl$<!mg!et4dvA%Xu|A?6cgL>=be@1*}PepdeCOF4WR4H5B+`-LEW^N8O<;0s?NYEB>}L)163_4'
    'cTUsLFWX4((7qNLi<;0E9Da|&)~8Qu5UZ2)&t6hfxJF`;pCx}IjSa+E7n}5(7j=dc?ihOeNE4R(;@~ISCsXC8&TbxH8}@+k5bt`Y5b+RTt82?CryEGoc6vv!z1{R={stLt'
    '2Djye9`ovL9tH(zYjgU}d>W!BlNWPMD=kPn82^p;Fay0Q*tmE6cz5Fg)~KG2zK8ufsVJ^3@hMSGC}+d6oa`SE<U4WJhIMY);C){gITFhQJaZ2u-T(jqh4~QDAEsSZ00EB!'
    '*aQFosxkVHvBYQl0ssI200dcD',
    'raw':
    '0CbWW000aZ<6|07-I;Pfb?ilNu$W;m7>3=lgLLW%6Jsm(cH<1sv{hDCDm%f9pk$$67(yoJ6%!sjGKNASnK+KI@0{>mEj$J=K7+TTpt}(ca^+sbitR>14d`MuRh!N&0^X(#'
    '&54RUS^=DJ2a<B^@pn20QxovyTD_z(j@-Jhe;~L+8JW~UIm@&*m4c_)uTo;oNbKG`0QM7vzGUxwNsR8(Rlq9YV&^b0F%G10z&3mW=V3};2xOi*^gO1+ChD*CmIXqrj(jN4'
    '{8ch>%#-iHO)2jBHjN262r)fvA`Idkn;oU9OIQ_aj_G_?e>oajj&erOzOrt<r^Mhq_1K3L(19!V)}>09|K&T-`T',
}
for name, (options, data) in CASES.items():
    packed = base64.b85decode(WRITTEN[name])
    raw = {'format': lzma.FORMAT_RAW, 'filters': options['filters']} if name == 'raw' else {}
    print(name, lzma.decompress(packed, **raw) == data, *([lzma.compress(data, **options) == packed] if sys.argv[1:] else []))
