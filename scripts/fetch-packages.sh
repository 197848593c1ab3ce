#!/bin/sh
# fetch-packages.sh: fetches the pure-Python packages that tests/packages drives, from Debian's archive (stable's versions).
#
#     scripts/fetch-packages.sh [DIR]        DIR: build/packages
#
# Nothing is installed: apt-get downloads the packages, dpkg unpacks them into DIR. Compiled parts are removed, so that
# the Python ones serve.
set -eu
dir=${1:-$(dirname "$0")/../build/packages}
mkdir -p "$dir/debs"
cd "$dir/debs"
apt-get download $(for name in attr bs4 cachetools click chardet colorama dateutil decorator docutils \
  html5lib idna inflect iniconfig isodate itsdangerous jinja2 jmespath jsonschema lark mako markdown markupsafe \
  more-itertools mpmath networkx packaging parso pluggy ply prettytable pyasn1 pycparser pygments pyparsing pyrsistent pytest roman \
  simplejson six sortedcontainers soupsieve sqlparse sympy tabulate tinycss2 toolz tz wcwidth webencodings werkzeug yaml; do
  echo "python3-$name"
done)
for deb in *.deb; do dpkg -x "$deb" unpacked; done
rm -rf ../site
mv unpacked/usr/lib/python3/dist-packages ../site
find ../site -name '*.so' -delete
# Not a package of its own: it would stand before the library's.
rm -rf ../site/ast unpacked
echo "packages are in $(cd ../site && pwd)"
