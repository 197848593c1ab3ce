"""pwd and grp: numbers and names that no database has, and arguments that are neither."""
import grp
import pwd


class A:
    pass


print(A.__dict__['__dict__'].__doc__, A.__dict__['__weakref__'].__doc__, sep=' | ')
for function, argument in (
    (pwd.getpwuid, 2**128), (pwd.getpwuid, -(2**128)), (pwd.getpwuid, -1), (pwd.getpwuid, -2), (pwd.getpwuid, 2**32 - 1), (pwd.getpwuid, 2**32),
    (pwd.getpwuid, 3_000_000_000), (pwd.getpwuid, 'x'), (pwd.getpwuid, 1.5), (pwd.getpwnam, 'a\0b'), (pwd.getpwnam, 1), (pwd.getpwnam, 'nobody of this name'),
    (pwd.getpwnam, 'é'), (grp.getgrgid, 2**128), (grp.getgrgid, -1), (grp.getgrgid, 2**33), (grp.getgrgid, -(2**63)), (grp.getgrgid, 'x'), (grp.getgrgid, 1.5),
    (grp.getgrnam, 'a\0b'), (grp.getgrnam, b'a'), (grp.getgrnam, 'nobody of this name'),
):
    try:
        print(function.__name__, argument, function(argument))
    except Exception as error:
        print(function.__name__, argument, type(error).__name__, error)
print(pwd.getpwuid(0).pw_name, pwd.getpwnam('root').pw_uid, grp.getgrgid(0).gr_name, grp.getgrnam('root').gr_gid)
