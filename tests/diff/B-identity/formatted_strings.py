import sys
n=len(sys.argv)
text='abcde'+str(n)
class S(str): pass
s=S(text)
print(type(format(s,'1')), type('%1s' % s), type("{:1}".format(s)), type(f'{s:1}'), format(s,'1') is s, type(format(s,'9')))
print('%s' % text is text, '%s%%' % text is text, '%s%s' % (text,'') is text, ('%s'+'')%text is text, '%-1s' % text is text, '%.6s' % text is text, '%.5s' % text is text, '%r' % text is text)
print('{}{}'.format(text,'') is text, '{}{}{}'.format('', text,'') is text, '{0!s}'.format(text) is text,'{{'.format() is text)
print('%s%s%s' % ('', text, '') is text, '%s%s' % ('', text) is text, '%s%s' % (text, '') is text)
print('{:>6}'.format(text) is text, '{:<6}'.format(text) is text,'{:^3}'.format(text) is text, '{:06}'.format(text) is text, '{:x<6}'.format(text) is text, '{:=<6.6}'.format(text) is text)
c='a'
print('%c' % text[0] is text[0], '%s' % text[:0] is '')
class T:
    def __str__(self): return text
    def __repr__(self): return text
    def __format__(self, spec): return text
print('%s' % T() is text, '%r' % T() is text, '{}'.format(T()) is text, '{!r}'.format(T()) is text, f'{T()}' is text, f'{T()!r}' is text, '%(a)s' % {'a': text} is text, '{a}'.format(a=text) is text, '{a}'.format_map({'a':text}) is text)
class U(str):
    def __format__(self, spec): return self
    def __str__(self): return self
u=U(text)
print(type('{}'.format(u)), type(f'{u}'), type('%s' % u), type(format(u)), type(str(u)), type('{}{}'.format(u,'')))
