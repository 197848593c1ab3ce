# LZMA: streams that liblzma wrote, in all formats and with all filters, whole and in pieces; limits; what is wrong with others.
import base64, lzma, zlib

LZMA1, LZMA2 = lzma.FILTER_LZMA1, lzma.FILTER_LZMA2
STREAMS = {
    'xz':
    '{Wp48S^xk9=GL@E0stWa761SMbT8$j;0=2OUR?k;nhMRG%_QmoqJm9UEa4G+GCQ9p0^z4x1Zq?r37^9=y}X=Mw&5&!Yfb7MTlC7EB>Bn6lXa!N2tFnT-SqHsCG(g_nC%4o'
        '5dI#WExjntV_`MU9P!<B`P|^F`?TAuEZ?9>bJ|aJ%8dRjde!a*E*B#(nBWNuI%1R$=}AS}m{2S?KJgdioMEI0bEy&7-*b_tkBPhzFO83gu#GZ8WLFDkf<Q!V&?-UMu*bes'
        'M7Y2|h%@YCS*k56aW4l+T=MbU-Z*5I^XLk)q+*xj_G=>Ch<&vYU803<Mp009Dpyk>wi+|4Z*Pf}=sk1$MAS1FH<oK+;a6b1?qYp=RXtwJCK??B?iT+GdE^HCTHDSGE%U-N'
        '4N{?f_*}53+mc1r<RT>_G3x#?Zj1{cU=k*W3&O5Ot&lF<-ke11;%H4L-7gCXTHDy#!@+xcJJ*8A!3DTY)YFfTT(nC69UAn<cW|{MOKldDWqTWYoNMk5Yn)N=U(;;XqA&=h'
        '=;xs~JL*M_fe&Bffa`Z=Ak<k;&P_6G;Bq75zoW%wQ8f-LZMn31Q_zB_kd80r#a!>WCa#kRU@6Vey3`A28is|)mjhM$yzElt060Jv`lT`Jci_!C<cMt^xevP~?k~)UXx)m9'
        'Qg+j5yf)eZ29-pyeMPAsXUu@6p<ubE*RCbYCfzSW*Zku&6G2Xl70C&64LX(kz{g<t*S)+V3|McAYDZe?D`jph$#zD@4NbjEm{;Z=qUagt!NG#ve~2*s1a7CRFnKOh5KRQu'
        'cjHWAM~K{HjvbYoP{?PMN0Lq|u~xvb2u=ACan*H8qxb~fCQm^1L*20IfS(F@5mk+-S-_#9a0WS;7nT7)PAHqR%ZP`NfcH(GS0E*fs&6ARcrKQ@O=P1aYBUw--)-UM9WmcN'
        'M=J`(^s~|7pmMWA4=*_10(MEM$us)C$<cqp;5?YHj*5&G^h)@yw?}hk<r=r*4q#V#MN0sa&*M3uwmsND7GdU!!Oe)t+O%x*@~FF^t)6otbAr9wansP~dq!GQl*Jt)bgMja'
        '604$(EU^+^q7&wDUPiVQbB`%fyq&gofO5<1x$P(W%VOxs^nwh@MyOfG+Sb^baC2|9koNP$9tU{};h?|zytJXvL`s@kh=dgGf{6duxSe9raK&!iSY+iS`#C&jRz&eU8GG#G'
        'L5ZxfNYFd5)K2$@n7iDy1w8nB+(dLT8*xya5HXYputjsa)=l5-p=a7uta2x<P22FXC5!?IaE{-wJYg6bVHowGE)bH$72|>pSn+r@SglXY{?@70CG|Hw{;pdi(wi1<;eDn_'
        'Yuq(-lFh9deW>PNQEY9@N^aT6J|)2+*0X7;791kYbPBo6Yi4*-zq}Bh>i3gSe&s?u{=4OD5!oaUV9jkQRquRbB!rQmiB)sZ_=)WHt0-}zoaDI+deF~tiS~`lDoIih2s1V%'
        'K%oBXy8r+H%}zlc#rq<-00H_4{2BlN+A1xYvBYQl0ssI200dcD',
    'xz no check':
    '{Wp48S^xk5{}S0j000009N$DC26CQy0RR91003E9',
    'xz crc32':
    '{Wp48S^xk6X(HY>0stWa761SMbT8$j;f9|8Q(XW(Z~MRgqp@D)_&>6$CRO-oa6xbt4~_jEOdE<qw;A+l7;&y<BZ`VmFQX0Ff2QM%BN0>JSs2B2isE<pwv>MiYQWxfNo3;b'
        'TvM_H*0J@M00000B$wg;00C>DjRpV!hNl0@J}?c70ssI200CKA',
    'xz sha256':
    '{Wp48S^xkF;rk4s0stWa3;+NCkC;K6;0E6V?_B^lnhMRG%_1&qaXNdD7WtNH@=GpWw#ZKRxdDnanQtrhi2adI9D*PZX+BIqW78z%{y)&u@z8CldNSOc%I8WK&q+%wUPeW$'
        'H9)|xjFoQ=@|I_A^>__}FP98#0<q#-uk18f+2R$qtEaUg2vazM@BNqY9E3x{ks$#SUHxxa)#EoG_FoEBXYO{4L!COMT3rhdi5m2Ll-z2g#?v+1_%|kS9dFhQ5dn=K8Fw^W'
        'A~s{5)I7YR=S>(6X1oa-2iPBuidrq_;+WGW0ZwcxqEu2EK@rtKvpS7VlaoT-OR1-%(jve#U5se^J2TRV!!;-HYK^0I=Oqs}dt*=3>l={1W<*?jiY*BKcrStKAyp;$7~#|9'
        '|97qXt)5Il&4S4J^gS?eLS>&Q$Ht8}Gc~<dbHH=$MH;v2AMiLV07|_(rji!It#PaK-XkE`>86iNO@1?rr{i!12_PjG7w}x>7B}GsiA0`Et2c)eR&4OilTxh|9S&uHDr7{5'
        'Xo=^=E%VQLXhau$%hSKqw91IBArMN}q#`&bU3hT9FYX@#cC*vLhYIO-tR;Q_@2)YlADx&@ZCDe&T<7oJ3nI-h*pwq5pdyS#qF-<lOtBrO#3t>))(R_q6LZx=!9LW0sKD@D'
        'F976}S~tvI7l;R&hx`XT{Qw^c)qX2_AjQ4*Kpk0~l5P_(d=?B8>=<lWU;_(k^w~oyDf>dMFh|53ij&8+6@B?0zLyYwiqDP+@4YfH|3sd^ftr}syr$RF;Z2ca?t<N!Fe!BM'
        '!D^Mk&)MkedT~SSRe{u?+K-od@vX~4>?YG2k`Ai@bOlRP59{AD-R9bM8L%4B!^>CNvTQWhNX3cYw1#)N4NFVA5U|ORX`2faOJO{%%HGZ&u$Y#=GK&BDnTjhK9#84W?gyXZ'
        '!<{kJ%adQ6R1wNdr6o}ha?Ndx#f>J>U-CdfAps=wHK=L)c7^?82Ecu#f2g<Z{T&hcLQmtSZ}7)B0>zyD%4hOt7UeQppMc}kzgau4)8CRW$SS<9Z;tiJ*-^wpq&#iYd40j#'
        '(jy0+zuIeB4-2`LwEU@4Xnc=*t#>#yG*3f8n6P<SC2^0^?Pj<9vlps0zeRzeT@N%ibs#`$dK<)<vyX$zEs}SEDl8kawO+)cGC>z+xq17$xN8Y~zc4;rTwPZ>J6>bI748DU'
        '5^ybUP++BPKg&?w0e;QyR+?|~R`L;x6E1OjM>U1WxY(eqb)mYx%OFhFpS=gh6cR&`r2kWV8l*e#WQ)Rn+UBeFNk;%g!SOZx;ro~6BZrd-?(CVXQ>%7QPc?xg;<trwm;e9('
        'uci4&<Ggetl!H(vs_8(`WOmP_UI)i$-t(d9v@YD400E;2;0*u(H!cdYw&~v-0ssI2018=J',
    'xz x86 delta':
    '{Wp48S^xk9=GL@E0|Ep90|5ge0SEv9v_r1B-~_J%;9UR!puL+9&J(2OD_4>xY_Fzf@pN}|9pM?6lv4Qaezrg~3yjjsI^;?eRW$ewRb;K$&?IoKN_6IpLj)isboySlNq!;;'
        'D|IQB=nGlQgt&Mq6@z*T3?!N@HYr5CT2ZQvxK40wA~_Wu?UsDqcDX7<j5i8$O;7yY0rud7*mq)SQV0aD@>I2|G(_l#RE+Bn(Zm3W9Q@+_K%1TZ4F5xKKN=l3>3JbUr1Jp='
        'nB%YvfwNa(B4BY!G(r1GA7=!XWC_{j|15^cRh?$H*4C8qt02k9Q)Q%Ds!b#cYz5d~Cce)5<5u^x`>tlOpEe%qKauN_T4-x}!e!_PbxTi3lAdlQ2&&kRDA^?(vN*2tfshMh'
        'Pc~WIh+K=T*ko#-^5W_$Z&1K)v+c#;)xAhG%&3J1)RS_R>^^#5$9mNBapf-L9<CPZ`z4oouMaTauU|uiKmkUATg7C%^JQ_*j@M-yTumj-rU@pdg_x6g=%QiCsVbE!JPE?Z'
        'VjkY5Uelv9x}YF_c;zGxjnw5az4l6MaFiLZonyHBHj@U1k34X&lDXmu`wY2;{3BAitK#@X_3vgEqfu-^vy#w0EYYT7;ax0L^8r#k1WWzP0_DLJf~JIKUL3vP2R?QL8+M-U'
        '+Sa^T!}1d$jD$E<z-#8G=pX4m4@_f+_cykZH$b37=GMz5l|JA_q5yJ4eB8XITEE``WmU2YNpwRXgFDqoP4ot9SLu7V`D9ZH&nRs$K3O)Nl>$1e@wz22|M98nS!`Xqi-Y8q'
        'LlpIshkhp8IG6Ny6Frh;Y$-tQEH8UL72Vu3A&Izbauc0X`l;B>Jv02t7cL8Dz>>hKy<ve1TC7j_*tNN*BYR=M2apZjv}N0^<bDtoCs_@SOH+=y@v0j_!(-$(sZ9i)K+N`i'
        'N{Vg~Rkf36mpxTdb)Kvyk&|g>0T&T#fwVUcfsCp(JSwDuCI0}q5r+T(-0|gSrePtG00Dpoun7PFus{YtvBYQl0ssI200dcD',
    'xz lc0':
    '{Wp48S^xk9=GL@E0stWa2mk;8*bgHU;0E6W2F3t4nhIv&0iVT1Oi|MtR3bM!8cX{W7H!3}M7}B6?z}@EqVILBp_B*+f?~4>jm-GnG?Ke+wA{2f);e3}LHOyK0FJpY`fzS>'
        'YDvVMZUdF<R?*3RqMl-VV^50LVI}55F-A4ql>t=Q8kz<6s0L)SE~mK6v-YU^|KU1&_&o%wF%1<aEi=)8BkK75K8<}^0;5)B3Q557-=ji%h{%zRy5(3K>lX?XZ8<mm&mUny'
        'XqWATxdjod8lG4AbYrQjAb(Wd==00dXkm_CpgfV#3VZxyx;QwXTx`!4(Wpw=3n<_l6k0|qJ4S={=8_XI5b4?2{lo25ZyPlUIlFU1Y)3Eq&`$OFO$Pt(@f&k<Z~f>Q1^g(g'
        '7AzrEdhfC50C%5?pSfLrw!CsBKGPK*D3IxC67QPuB;dp*Oz;Yy-p%w9qYU~bNH;CVhV~Mq7fJd5D?tjOj$-Be;yvLa4c?O2T6R0#h&qZ*|A~3*uZmf!qo5{E)3%#}_K|5`'
        '-=DHMtK<+PH4WC@Vw-W}WoW!|8Mi_%h7*wUyFcP#97MM^MoE;=`#Rl_y(7@4uaILvc%M6g>r`Sr0^P^fa0<b0%hu(1?<ln%iN>D=&&<J)HM|r7EI#{>w_V46jm}NsKdjk='
        't7<B=3C@B(C-}Wiq>8@HdJ7tlv=bL&#U6HvBA|rI*Fj*AFP!ukIW$zP@|}~cQP_)>QfhgyvVgNNu!jIHYbs_7Vt;RjS>7}?>kDI^hTHW5p<xt-+GZZJRwcw_@e>OCp(h2&'
        '4ApouHNvY0{FhK%ls~--<7fTXmIOx^m;K|Cq>0qyVZP;xulWNg)*T+j4FDd=(PR14NlbKydA^f&>2~|_uMq_|>T}Z*EbA>w{K%Jp>$M^>-E*uAJw4^CZOD@Suk~mDzjfnh'
        '9-`y5CL(M2C~ag0%-!D~?<yFTxjlFNL3#CP4lFFPi|c<Ba2e075}Z@BNc=;9g)xB%6at+LQx}RM=7}nDD9e{?i^qvj%#+RXG?vtfBh}Iy;tXzp`Fcus3gGXu;@d6kuKZln'
        'IqWXLTB6+&;&ZB_@a5O}m!CuK7-TZ#4|qmOazxbc!_UbW_a3brz9CYArlWgkJ?yw1oF%gKFU<)Wn5hkA_F>e{3!lMpujL_We;{*!@gK(US5v61w)tToA-Nm}QS=WQ5yAKw'
        '4`!&M0vE0qFFK27AH+bhi>593&dglPt+a49a589O62k%!!30`c1%c)qR7cZo8`Z#lIv8gH;o)fmvUk8r$OtkoqZ}yzfvXltGoK(<n_58wjH*Q+bo1kkhA}MmA`e_~d7|a`'
        '`Ob16&@M5~{HnVIr=-9LUmkw|00000en%^WvOBTP00E*1;0*u(lKobBvBYQl0ssI200dcD',
    'alone':
    'T>t=p0RR90|NsC0{{T0d3eBC(B<cX7f=yN|;Sqc?JD(;3;ip;zYE&HwpTje~yqr|F;VgM;P3j$6^vazi`N_zWb)~%sJ|+g;^zd>e^O#7O?F9S~{vMqzy(rFOVKvSi@!fR!'
        '+~BPHwA-sJ-=Ilz+D~=LjQ%Wo)$Rr^7b7s3;0X&lVw4Z*Nk!V2P%Jk-@fYNrVWbFisS()UbCIWyiM$dojgN@1jWR-HR|{u?KtyfODnZ$>$G%iVxWGS%Gwfqosx2yUF9%6n'
        '^6}i>IAoUd=nAr=VwdCgYa-l;eYFu?qJ?foQBZa&S5qOj8Z)YIZ;6%YJ#+g+)H4`2mTO|+S75yEVtsp6JzmTv8XW`f7XJ%*<Ocj&+s+Fu^TIO?QlWkLT(GCxl10|!A|)d+'
        '>i#iqj0+%O5+;WW!mdWGkS^TboJ8y5XiX>GFAE7;+t}K}!Fzf;*MiBx1-MPr(~pl_v`YUS8uZ6^aJ3^#Z5ESddmDS4YwiwfoKf&!(`?qFFbJjS=b<+{>P3!$4`1Ve>vv`#'
        ')LBo?O)_lYawFrvqs3-XH4ZCnxwLvy(1NItjxXlLT<^Fhu9FC0Db3Kj)C*@ChK0zN16BIG>{8_bI6xNqr7`Pw;LSVah;1IZ54$DqFU*K&-HMG;cGGCQHrfCNl|-?9MX4WW'
        '%z&n$V7aH)t|iMR-7iAd{NpqeK~9Vn$q91}I+gpt$6)x^y}Tj}SZ|AJM_TGDWo|6Vc1FexO}$H)SLPmxV*w1A=l}Yt8cz',
    'xz x86':
    '{Wp48S^xk9=GL@E0|5jC01yBGApr;ggN}(W-~_J%E?ocspuL+9)C~UJ%h-bnNqMjIuLv4m9_YX|T=HFGFaL++7W94h<j0JjfPoA{PMKcDy97=(T*Nkr<q6||6aS<$N8C^s'
        'Oz1!jkQS1u+CeouN1r<&*ws?f`XjFR9tQrAlI%cTomSZi*zyugD&bKrLpCOidD<y!F1o}N{LpxADq6p$VL7A06EDadW>3$BxEHyEp`N0nAe90?eH8L9<+8z{`B?l<*aTQo'
        'ASO1V9L$7FP5*zAXn&FmRli9RgGzPNR?`x0-9uTI>Jg1{^z7u|j6pzbq~0-CrCtPd$5Xbu>ci#Q=(d^e#7Uwdt#e)ld6st{pqUY>Kdj2km!qJfTw2?f!rHYNO#k6JuaYEO'
        'vJ<&n0gLrML79@nmm8t#{#5v9r8iNGePNEk20CvYIYSIqJoofxN}WO1$1Fz@+5cB(XEch;d1P3q)BYTeQuvBiv&C?0VBXfJ_vn<+jnIgS`foXOHKV8X{4&WT$lNJBYb_ab'
        'epX!vl=>Q=pBgh>z}&jCyo`Pcrb%&=Vrw%@Ei29)6x`#{a<b(Em+!t`Nj`Zq<ohCbod7XgmA9Lv6W>inVh!Kfs8oM5#-mV4<u-VG5xd6)0vO>|89ZW~9th9_580V9`WJ%a'
        'M9Hli0mSbONQq1r5M?EGG~ZY|tkYka@*%!*l_a;wu3Qv2FfTA?UJrihZ!Y7Xd^&hzH&wK~jk$*@>X}}|K!E>f)1<+Kwg3PC-0|gSrePtG00GVfun7PF%y^U!vBYQl0ssI2'
        '00dcD',
    'xz powerpc':
    '{Wp48S^xk9=GL@E0|5mD01yBGApr;gz2!^5-~_J$&RqZipuL+9mHk;la2Xt#scpgN^_=&m%`L_X7U;G5a&Ps1PH7ku96lVoCz)m(Ml%W%Vj2bzv7%pj9>kc@%zn}X0z8%I'
        '6`|7pdMtdw(tZJ_(DIm1P(j5D6);~<wT6GJbjBMpU7#VBQ8sXK5n=ah3D#|=3S@V1^ViH751ea^M7K!)t$C1oiGZh3HSbjazKnO+{pcORPds=a*Yodhp)<eZwUaSYBWwbF'
        'N!M7(+M{%eZ@;!GnZt8-qyPJ0?=Xe@<AJe>!54v7AVvUfQ?m$XtCy@>Ea|41b^omy*r}?Qk+N6Jf)r?MS+tIw>HzuhIoya}Day=&JF%7~92fw})>FM<#_s0V`~%Q@V~MR4'
        '*mhy{JhS#G_ZDv~AqY{iC??H_mUb=jk={rn@F-2SV!Y_|!5do#?PN<tb13j>LvicF6qH6nAO?indG+Hy9>l-U>_Lc+E9;mA>%+6lb&p^CMTejKh=4L;zVO*Rqicks{GYQM'
        'o;m3(hm8R~B7@&xvmg~#bu5?U2x_6v%CPWydcj14#!`;2J$3^ooKG4ClQmC`e(H>eAZQ~u5muEEQ1CkYtK){7%2C0u<KVU|?#V@>00000-0|gSrePtG00Hg;un7PF>Y*6A'
        'vBYQl0ssI200dcD',
    'xz ia64':
    '{Wp48S^xk9=GL@E0|5pE01yBGApr;gzFvGQ-~xXEXI%gZAujsi1LPv2sNpySTe7%QwtiOkLU~-tUuEW)WH`ZSm&kRS4%@p@k*kE4&NaT#BzdjfvMqTdj<wN6AND;Y!5*(a'
        'ecBa-P;~dzzLth4E-^7v_!t~xxntbjh#MjR8l1bw%yzh1nV<}8&)`Oz5(6q*FtNKk5f(M+YQb3U9|UQ}|Lu>6An4L5nghJ7d*-f_37T4ZMhW8DPfIn_*EG~6+QrMe=$E!l'
        'MGUdA^MgsfGTq<!2z3O>u2}&%c7?QW>r=3j-5+)HB_6)KDVk~;((L4cu*JbT@clv+8Jpnrn}YP5>%9d<<a>@-4jf3=W3?GzO3|qO8Ch^07P1^bp!3VwD{!iW!}R;QTui;e'
        'W7=M04t3nUYLqbJh$YlofM%oNG83^65e&teklBsvGqDm*<dP+ifAF`+s;5;7L>och3`&$dJYDsTmYef$Arx2Fjvdddz*yrk5Kh`r!~g&QSK|F^z^}Bj00D;sfCT^mz5dc{'
        'vBYQl0ssI200dcD',
    'xz arm':
    '{Wp48S^xk9=GL@E0|5sF01yBGApr;gfHl6v-~_J%5nTWPpuL+9mHk;la2Xt#scpgN^_=&m%`J-7@93uWRE8uf`gu|@j%O~s<L7qfTD*}$Oe*#p8;I-(Ny^lP6P*P-1!$JB'
        'ES{UM-n8=N8;Wg^flL$8mbUu2v;{zMJAMSS(u}H>#G&&#DCZf^!@{(q{%$Ijp^bn95E3~JnoUlvl%3zmIf*BqqIESy>m+ZEyy7>cg|kLvYs>2IAKpoWezrG;(TAZK*OR4B'
        'VxCN~XqdPuZ&pDS*Ubq2R4XV)zNt{>cgvKJ2e%c?`CDYWkJOZ-K39Ry=TYR=6C_Wu2diL-Bum!jA#3Q$%^9-@^WF~J7jCZ$S}9oiHkZVLlE<eXC_Uvp>nvnUS*oSVgye#q'
        'XWU^Tf+akb9Qw1c>WEE%SG-qC(}0>mW1;&UxxzsBvtWlzHGo}gESzmgzR5m4k0vBpP@|Z~4OdBl4L&@rutL~?dNd7YEzJt6JhB+>QX*%N9>{TTKzfUGsMS%XXc=lu3Z$$c'
        'AMk2RPn)Hmz+s+54FWFfjJCZKKuBa&{<s3ZIAf1qL`6!uriaUfo-3NsC_(>S`unRM@2Zs#jCe<|o&*F`I`5%hAl9#|SVHZn1XtE(RBk<sNnvIzC`Cn8DP$BWcn__9QMX|w'
        '^8gI{`;7BGxO+SD&WB;^1}M~?BO7J5a}u)=e})Qcg*9+*lOQ`MAZG;t00000-0|gSrePtG00FTCun7PF*vH`YvBYQl0ssI200dcD',
    'xz thumb':
    '{Wp48S^xk9=GL@E0|5vG01yBGApr;g4Q{nH-~_J$)Lj4opuL+9mHk;la2Xt#scpgN^_=&m%`L_X7U;G5a&Ps1PH7ku96lVoCz)m(Ml%W%Vj2bzv7%pj9>kc@%zn}X0z8%I'
        '6`|7pdMtdw(tZJ_(DIm1P(j5D6);~<wT6GJbjBMpU7#VBQ8sXK5n=ah3D#|=3S@V1^ViH751ea^M7K!)t$C1oiGZh3HSbjazKnO+{pcORPds=a*Yodhp)<eZwUaSYBWwbF'
        'N!M7(+M{%eZ@;!GnZt8-qyPJ0?=Xe@<AJe>!54v7AVvUfQ?m$XtCy@>Ea|41b^omy*r}?Qkx__lQmguPnPQE}7p3QZ0w#G-OcQ)5qH`HYQ6@OqY*65B!IM_tC33_0n*J~g'
        '6iu^F8EABFCsa<nb20hm$1^VhQs%+^kll?7E%YkIX<%CRwR1q)0XhULJDT5-DXlMdi4-;|tpCt3E$7$wE>+WRf{mOMo4E35+xh6_(n=@yN3=B~om2(Y;^XbPJXeP}N4XuQ'
        'dF~A7=v5K`ZX|36K$P5XSE>|GI7mh*+W0%p5N@>Slt&~i!qgs-aY`YF!%hvpH7M(?;`Gc<Z!ZB3Z<&EGui5TXf<qVrc)`estfNSwq)sKY51;@5-0|gSrePtG00Hy^un7PF'
        '7l2h5vBYQl0ssI200dcD',
    'xz sparc':
    '{Wp48S^xk9=GL@E0|5yH01yBGApr;gGX;0r-~_J$<y`;(puL+9mHk;la2Xt#sa$i(ky`J$;J^alEa~GJ$NNsI_q_w8J)$=3opA0eH|i`<75VC1NeR$9XM>H)JDPUf*#AF='
        'vI)83`6%9{AesQ-4Ek(EwAr#xbUo%4gO)wGS~n&+pXx9r&72^=Db&sUd?+D2n~Y7aXz6sM!y5np*M<4Twr8z9H1@CPrMB*MtNQR~>_9<>6Rp)i;I8usM7MYN%n`8>UKXT4'
        '0XUWuWA-k-JIG6J$;%T(K@unWoKq`86zuPx(gmx}We#*KO>g&!ETDvbi`1><D8~mZbvCK`{8H4poQM(#-`xD@%x`J<%gJyqflr7D71GX(1R82%jZuJ-ZImqRVAT`4MTQsA'
        'Ik7Uc)__iuLUoXdqnH+?1Rxa9YVaDT%M1pUm?W&;SvWb}(r-?fao(T1u5jXue#UcpV-(*EwIE*XagntP^lJBF=ts<69W7w&mN3$A@Ul)bgHQ0RU%g@gDNR9fOr~xdz|_!R'
        'hr`C=$Ls|uLPWg=C%{Ah;2Zt%xuh5tc00glMHPGqp<j;ro)voBn@>p=l?e`|uKSjx)GCAdYj!qt)!;*!%|c(E`pp~55<5q@H6neKYBkoFp_?@A)`)N$o_r_!H@SoZQ_Ye9'
        '00000-0|gSrePtG00D&run7PFV}c86vBYQl0ssI200dcD',
    'alone with size':
    'T>t=p0Ne!t00000001|d3eBC(B<cX7f=yN|;Sqc?JD(;3;ip;zYE&HwpTje~yqr|F;VgM;P3j$6^vazi`N_zWb)~%sJ|+g;^zd>e^O#7O?F9S~{vMqzy(rFOVKvSi@!fR!'
        '+~BPHwA-sJ-=Ilz+D~=LjQ%Wo)$Rr^7b7s3;0X&lVw4Z*Nk!V2P%Jk-@fYNrVWbFisS()UbCIWyiM$dojgN@1jWR-HR|{u?KtyfODnZ$>$G%iVxWGS%Gwfqosx2yUF9%6n'
        '^6}i>IAoUd=nAr=VwdCgYa-l;eYFu?qJ?foQBZa&S5qOj8Z)YIZ;6%YJ#+g+)H4`2mTO|+S75yEVtsp6JzmTv8XW`f7XJ%*<Ocj&+s+Fu^TIO?QlWkLT(GCxl10|!A|)d+'
        '>i#iqj0+%O5+;WW!mdWGkS^TboJ8y5XiX>GFAE7;+t}K}!Fzf;*MiBx1-MPr(~pl_v`YUS8uZ6^aJ3^#Z5ESddmDS4YwiwfoKf&!(`?qFFbJjS=b<+{>P3!$4`1Ve>vv`#'
        ')LBo?O)_lYawFrvqs3-XH4ZCnxwLvy(1NItjxXlLT<^Fhu9FC0Db3Kj)C*@ChK0zN16BIG>{8_bI6xNqr7`Pw;LSVah;1IZ54$DqFU*K&-HMG;cGGCQHrfCNl|-?9MX4WW'
        '%z&n$V7aH)t|iMR-7iAd{NpqeK~9Vn$q91}I+gpt$6)x^y}Tj}SZ|AJM_TGDWo|6Vc1FexO}$H)SLPmxV*w1A=l}Yt8cz',
    'raw lzma1':
    '05_Tn&7I98>HwmGO;#-75qvT`pC$s~r&<JRR2>PQ!!y0SoK&{qEO~29>K$A3%AF+n$;gv+rM(C~CI;Q~@Ny;dm`IrI1pE;G9-S?{D9&SHHO?II-E{ff;H>+!+p8?!ph<Ju'
        'Pj$+S{w#Xc?glOwBQTiY2@5)6ln?1iMcSB9EH^&!7v!8_qzH4V5!l~zk*AM|yb>>skBG31GD2im3ul5rL~YP2LD{g!zEniGz(0sH>|<G~Eh=#@2T5G=@!Z}xWR~;j3bLeP'
        'm*e(pBHW05wGmySg>FVsP<AR;Qz5n*GpcWIiIwO*bNfWpGZ;6PYhvM7V7%^PeS1|sUd$#M9Ruzb{|kBK2K-vv&I>K`!ZQt0p?&yVu&3LSMb_jZB_lEF{xNQh3m{+;CWi~c'
        'u12kpF5KRnMC;;cO()$i3kh1=*xJLvdwM(9g2}-JxJ}g4kB?lmO8*@i^v8E_wIfSy7L#Rr8+)8<?hb35QSe{WY}TSM2&L%fp*K6~MUH_FU*mx5cV-~eSx?SQGHl>-BjdlL'
        '#b!}84l8ZBw0cv}f~b&=FXqKu@3<zelL%lb&Ct5k3uhXJg~*o!Rr<W_Qsn?RKo<I?G3$5W%{%0XZ63J~yCv=~%!p{+ij7is(`dXl+5iTXM6rEEsUK&|fTp2fxu@5zCCet='
        'FGAP+<1`aNPK*`F33ClPmHWWQVEEU)ydn%(Z;NV2TIwrhZY;@mM#c?Iy-S!^<{pV-0SuYv|N5yKPX',
    'raw lzma2':
    ';0E6V;#~kYnhMRG%_QmoqJm9UEa4G+GCQ9p0^z4x1Zq?r37^9=y}X=Mw&5&!Yfb7MTlC7EB>Bn6lXa!N2tFnT-SqHsCG(g_nC%4o5dI#WExjntV_`MU9P!<B`P|^F`?TAu'
        'EZ?9>bJ|aJ%8dRjde!a*E*B#(nBWNuI%1R$=}AS}m{2S?KJgdioMEI0bEy&7-*b_tkBPhzFO83gu#GZ8WLFDkf<Q!V&?-UMu*besM7Y2|h%@YCS*k56aW4l+T=MbU-Z*5I'
        '^XLk)q+*xj_G=>Ch<&vYU803<Mp009Dpyk>wi+|4Z*Pf}=sk1$MAS1FH<oK+;Z>e=c?4n#3iQXfG>pEJ&G%ANzE8zlEDn!}F}r~3Mhz<v_vKKdJh))ynuic!#!#A#L`v}0'
        'NTkQCujL-9n8VnKO^Hx^%eW+yWqtlMW>VmeyApva4J9ndz7v%wQt;7n$!eUCfcr&Qbg(RFc70gQ-TW@TT@Q8#r$G+Hx2?*<5lGCb+e}~!wlP{oKf~t0ZJr)VwslFBazOM%'
        '6F7pD{(|>yTiqQB+$A5kHW?th!&KEsX@WAkYgi3r_gi6(?t#P}6c`^f`q6?s12kOjO=(lH=nD9ZqeJ}enX*fNIXAQ&h|N+&+c}w};h{z{(62wb#IpLyNEw>0ehDC%xgG8h'
        'CccK1g;7S5F6rbk3eR-(dkyEjbdc;mRdfoj`0cq=w)S7&x>XT`Q@DFYYp+Hl;QK11+*rpr3w18$Ub9$=H+GZXH)1qNuIv8uN?Ngy%j4wVkHJ^JTf1=5W!&XhqR-j^D1Df5'
        '@@D51&Dy^KD^~$%XGc=dJk7_k=B1aOD*`w2xHlNYvcii;|6#=rcr6K+9r9TyT5hi^gzLH+x8<>y?nm4ykJ~Pf*2TVL=8R-0G*&#5ymz5m;B<g*9p~kQpegK735#z*@YLol'
        'mYH+SjVM&J0L1g_VQ-$%i3R;}5lXr2>tVovPkK5s?FfYzou0p+_=H8WU+Mfr@BFaXlAXv_*z#>98^I9zsKTkwc<gaN;l@E4(_8F%H<sfTmwZ^+mY2Pop6lwNyGbe~N#;@I'
        'UQ<N%o&-{~JmqJ_T29&@j15b%74;0!X!dOk_B#DO+JzV61~(dDiGlp#J)Zxnnl*Xo?vJ-g{e@<V*BGy5g3;=U7>A?U=9dG4UuQVT9*j0$rQss%>ZWxiI`|t2mU2Z4NP?GI'
        'ojqXL`he9T8T`aMCOEUJHt63u`r<e~%^xDQ0xC9zl_P*IWP2rR>cC1DWxlpamFZu@E6Ry^u$ZlLd)ICN000',
    'raw arm lzma1':
    '005x9n-7)!Swe6b9GR(Y!RYmz_odA(iq`LozV%de$iogsin>CHS5Ysq-4nx3SQDX-BWj3O3r&nah7lrA;KoaE@l!pof8MmZK)+YUFKChFhSn;THW2iR^!?AP^{G~6n^1iX'
        'O;H}g!|%gafsw%RtQPiQFU8_sL$)!!Wib85Rn>E8G*r=d@t#+giy{zJvbsoSN(%a)X@nXhsCDZ!)X>Y<3JNodW|bB4l%}dZ&hitAl@HNFe2?ANW*3$M?*Pysx14;p>1G{%'
        'xfSoi$x0%uQ_!r9(^IMANqp#Qas;J4jQj0BTv^;Omcq(QR@88!B>i}yfo>}3-)288FDbn_(4R-M^02*t#`NUmzV&#?*eoR}B!SGD^Mi-8S(Im>0X1@+1_5%8E@;Zk{9%T0'
        'Y1;uF_H}j8nqg2r-p>ouU1Y|@jtdx9>hJ?nC`-y^NomziC<^KKs}wT9M21dwrnF6t)O8Pt%4ipNbqo?9F`8b)AQK`dn^ugUoq0J|;Q_eY2*gM4*)Kazo3mlAXi%I<uJs@5'
        ')b@o?8X4tg{fkrDZt^J7U533!7hxk_9KbQWcY?3=Jmj#1SX0UZF>3u4HUWvkPt&i3WG~eG!`V6OhO4OtL9n(05ZZk}YTuixuju}{5UhhmD&43CE~!paM{(KrmL9ArsDVxa'
        '5laah#d6j0{}k!`00',
}
FILTERS = {
    'raw lzma1': [{'id': LZMA1, 'dict_size': 65536}],
    'raw lzma2': [{'id': LZMA2, 'dict_size': 65536}],
    'raw arm lzma1': [{'id': 7}, {'id': LZMA1, 'dict_size': 65536}],
}


def decompressor(name):
    if name in FILTERS:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=FILTERS[name])
    return lzma.LZMADecompressor()


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f'{type(error).__name__}: {error}'


def summary(data):
    return data if isinstance(data, str) else (len(data), f'{zlib.crc32(data):08x}')


def pieces(name, data, size, limit):
    d, out = decompressor(name), b''
    while not d.eof:
        if d.needs_input:
            piece, data = data[:size], data[size:]
            out += d.decompress(piece, limit)
        else:
            out += d.decompress(b'', limit)
    return out


for name, text in STREAMS.items():
    data = base64.b85decode(text)
    d = decompressor(name)
    whole = d.decompress(data + b'tail')
    print(name, summary(whole), d.check, d.eof, d.needs_input, d.unused_data)
    # liblzma takes a marker behind data of known size for an error where it comes byte by byte.
    smallest = 7 if name == 'alone with size' else 1
    print([pieces(name, data, size, limit) == whole for size, limit in ((smallest, -1), (7, 10), (64, 100), (10**6, 1), (10**6, 1000))])
    # How much comes out of how much.
    d, amounts = decompressor(name), []
    for at in range(0, len(data), 50):
        amounts.append(len(d.decompress(data[at:at + 50])))
    print(amounts)
    for cut in (1, 5, 12, 13, 20, 25, len(data) - 1):
        if name not in FILTERS:
            print(cut, summary(attempt(lzma.decompress, data[:cut])), end='; ')
    print()
    for at in (0, 3, 6, 7, 12, 13, 14, 16, 25, 30, 40, len(data) // 2, len(data) - 30, len(data) - 20, len(data) - 12, len(data) - 7, len(data) - 1):
        if at < len(data):
            bad = data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1:]
            print(at, summary(attempt(decompressor(name).decompress, bad)), end='; ')
    print()


def threshold(data, form):
    low, high = 0, 1 << 34
    while low < high:
        middle = (low + high) // 2
        try:
            lzma.LZMADecompressor(form, memlimit=middle).decompress(data)
            high = middle
        except lzma.LZMAError:
            low = middle + 1
    return low


for name, form in (('xz', lzma.FORMAT_XZ), ('alone', lzma.FORMAT_ALONE), ('xz x86 delta', lzma.FORMAT_AUTO)):
    print('memory', name, threshold(base64.b85decode(STREAMS[name]), form))
xz = base64.b85decode(STREAMS['xz'])
d = lzma.LZMADecompressor(memlimit=1000)
for data in (xz, b'', xz):
    print(attempt(d.decompress, data), d.needs_input, d.eof, d.check)
d = lzma.LZMADecompressor()
for data in (b'', b'FOO', b'FOO', xz):
    print(attempt(d.decompress, data), d.needs_input, d.eof, d.check)
bad = xz[:60] + b'\xff' + xz[61:]
d = lzma.LZMADecompressor()
for data, limit in ((bad, 10), (b'', 10), (b'', -1), (b'', -1)):
    print(attempt(d.decompress, data, limit), d.needs_input, d.eof, d.check, d.unused_data)
d = lzma.LZMADecompressor()
d.decompress(xz)
print(attempt(d.decompress, b''), attempt(d.decompress, 3), attempt(d.decompress, b'', 'x'))
d = lzma.LZMADecompressor()
print(attempt(d.decompress, b'', 0), attempt(d.decompress, b'', 0), attempt(d.decompress, b''))
print(len(lzma.decompress(xz * 3 + b'\0\0\0\0')), attempt(lzma.decompress, xz * 2 + xz[:40]))
# A .lz file, which FORMAT_AUTO knows.
plain = b'some text for lzip ' * 9
raw = lzma.compress(plain, lzma.FORMAT_RAW, filters=[{'id': LZMA1, 'dict_size': 1 << 16}])
head = b'LZIP\1\x10'
size = len(head) + len(raw) + 20
lz = head + raw + zlib.crc32(plain).to_bytes(4, 'little') + len(plain).to_bytes(8, 'little') + size.to_bytes(8, 'little')
d = lzma.LZMADecompressor()
print(d.decompress(lz + b'more') == plain, d.check, d.unused_data)
for at in (1, 4, 5, 6, len(lz) - 1, len(lz) - 9, len(lz) - 17):
    print(at, attempt(lzma.LZMADecompressor().decompress, lz[:at] + bytes([lz[at] ^ 0x13]) + lz[at + 1:]))
