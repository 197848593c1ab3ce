#!/bin/sh
# fetch-suites.sh: fetches packages with the tests that they ship, for scripts/package-suites.mjs: sources from Debian's archive
# (stable's versions), pytest and what the tests import from PyPI.
#
#     scripts/fetch-suites.sh [DIR]        DIR: build/packages/suites
#
# Nothing is installed: apt-get tells where a source package's archives are (its lists go to DIR, too), curl fetches the
# upstream one, pip unpacks pure-Python wheels into DIR/site. Needs a Debian with its keyring, curl and a pip.
set -eu
dir=${1:-$(dirname "$0")/../build/packages/suites}
mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
cd "$dir"
# The archive that the system's own packages come from.
archive=$(apt-get indextargets --format '$(REPO_URI)' | head -1)
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive stable main" >apt/sources.list
apt() {
  apt-get -q -o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/apt/lists" \
    -o "Dir::Cache=$PWD/apt/cache" -o APT::Sandbox::User=root "$@"
}
apt update
for name in jinja2 markupsafe python-cachetools python-click python-dateutil python-itsdangerous python-packaging \
  python-pretend python-tabulate; do
  url=$(apt source --print-uris "$name" | sed -n "s/^'\([^']*\.orig\.tar\.[a-z0-9]*\)'.*/\1/p")
  curl -fsSL "$url" -o apt/source
  tar -xf apt/source
done
# What the runner looks for is called `tests`.
for test in */test; do mv "$test" "${test}s"; done
python3 -m pip install -q --upgrade --target site --python-version 3.14 --only-binary=:all: --implementation py --abi none \
  --platform any pytest freezegun trio
mv pretend-*/pretend.py site/
rm -rf apt pretend-*
echo "suites are in $PWD"
