#!/bin/sh
# make.sh: makes the certificates beside it anew, with OpenSSL 3: a private authority, a server's, a client's, one that signs
# itself and one that is out of date. They are for tests only. But for that one they are valid from 2020 to 2120.
set -e
from=20200101000000Z
to=21200101000000Z
cat >ca.conf <<'CONF'
[ca]
default_ca = d
[d]
database = index
new_certs_dir = .
default_md = sha256
policy = p
serial = serial
unique_subject = no
copy_extensions = none
email_in_dn = yes
[p]
countryName = optional
organizationName = optional
commonName = supplied
emailAddress = optional
[req]
distinguished_name = n
[n]
CONF
: >index
# number, name, subject, end, extensions; further options choose who signs
issue() {
  serial=$1 name=$2 subject=$3 end=$4 extensions=$5
  shift 5
  echo "0$serial" >serial
  openssl ecparam -name prime256v1 -genkey -noout -out "$name.key"
  openssl req -new -config ca.conf -key "$name.key" -subj "$subject" -out "$name.csr"
  printf '%s\n' "$extensions" subjectKeyIdentifier=hash authorityKeyIdentifier=keyid >"$name.ext"
  openssl ca -batch -notext -preserveDN -config ca.conf -startdate $from -enddate "$end" -in "$name.csr" -extfile "$name.ext" "$@" -out "$name.crt"
}
leaf='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature'
by_authority='-cert ca.crt -keyfile ca.key'
issue 1 ca '/C=XX/O=Pyvarium tests/CN=private authority' $to 'basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign' -selfsign -keyfile ca.key
issue 2 server '/C=XX/O=Pyvarium tests/CN=localhost' $to "$leaf
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,DNS:*.example.test,IP:127.0.0.1,IP:::1
authorityInfoAccess=OCSP;URI:http://ca.example.test/ocsp,caIssuers;URI:http://ca.example.test/ca.cer
crlDistributionPoints=URI:http://ca.example.test/list.crl" $by_authority
issue 3 client '/C=XX/O=Pyvarium tests/CN=a client/emailAddress=client@example.test' $to "$leaf
extendedKeyUsage=clientAuth
subjectAltName=email:client@example.test,URI:https://example.test/client" $by_authority
issue 4 expired /CN=localhost 20210101000000Z "$leaf
subjectAltName=DNS:localhost" $by_authority
issue 5 self /CN=localhost $to 'subjectAltName=DNS:localhost' -selfsign -keyfile self.key
openssl pkcs8 -topk8 -in self.key -v2 aes128 -passout pass:secret -out self.encrypted.key
mv ca.crt ca.pem
for name in server client expired self; do cat $name.key $name.crt >$name.pem; done
cat self.encrypted.key self.crt >self.encrypted.pem
rm -f ./*.key ./*.crt ./*.csr ./*.ext index* serial* ca.conf 0?.pem
