// objects.ts: OpenSSL's numbers and names of ASN.1 objects: those that certificates and TLS use.  OpenSSL: crypto/objects/
//
// Each is `number|dotted form|short name|long name`; the long name is left out where it is the short one. This table is CPython
// 3.14.10's `_ssl.nid2obj` (OpenSSL 3.6), asked for each number.

export interface Asn1Object {
  nid: number;
  oid: string;
  short: string;
  long: string;
}

const TABLE = `
1|1.2.840.113549|rsadsi|RSA Data Security, Inc.
2|1.2.840.113549.1|pkcs|RSA Data Security, Inc. PKCS
3|1.2.840.113549.2.2|MD2|md2
4|1.2.840.113549.2.5|MD5|md5
5|1.2.840.113549.3.4|RC4|rc4
6|1.2.840.113549.1.1.1|rsaEncryption
7|1.2.840.113549.1.1.2|RSA-MD2|md2WithRSAEncryption
8|1.2.840.113549.1.1.4|RSA-MD5|md5WithRSAEncryption
9|1.2.840.113549.1.5.1|PBE-MD2-DES|pbeWithMD2AndDES-CBC
10|1.2.840.113549.1.5.3|PBE-MD5-DES|pbeWithMD5AndDES-CBC
11|2.5|X500|directory services (X.500)
12|2.5.4|X509
13|2.5.4.3|CN|commonName
14|2.5.4.6|C|countryName
15|2.5.4.7|L|localityName
16|2.5.4.8|ST|stateOrProvinceName
17|2.5.4.10|O|organizationName
18|2.5.4.11|OU|organizationalUnitName
19|2.5.8.1.1|RSA|rsa
20|1.2.840.113549.1.7|pkcs7
21|1.2.840.113549.1.7.1|pkcs7-data
22|1.2.840.113549.1.7.2|pkcs7-signedData
23|1.2.840.113549.1.7.3|pkcs7-envelopedData
24|1.2.840.113549.1.7.4|pkcs7-signedAndEnvelopedData
25|1.2.840.113549.1.7.5|pkcs7-digestData
26|1.2.840.113549.1.7.6|pkcs7-encryptedData
27|1.2.840.113549.1.3|pkcs3
28|1.2.840.113549.1.3.1|dhKeyAgreement
29|1.3.14.3.2.6|DES-ECB|des-ecb
30|1.3.14.3.2.9|DES-CFB|des-cfb
31|1.3.14.3.2.7|DES-CBC|des-cbc
32|1.3.14.3.2.17|DES-EDE|des-ede
41|1.3.14.3.2.18|SHA|sha
42|1.3.14.3.2.15|RSA-SHA|shaWithRSAEncryption
45|1.3.14.3.2.8|DES-OFB|des-ofb
48|1.2.840.113549.1.9.1|emailAddress
49|1.2.840.113549.1.9.2|unstructuredName
50|1.2.840.113549.1.9.3|contentType
51|1.2.840.113549.1.9.4|messageDigest
52|1.2.840.113549.1.9.5|signingTime
53|1.2.840.113549.1.9.6|countersignature
54|1.2.840.113549.1.9.7|challengePassword
55|1.2.840.113549.1.9.8|unstructuredAddress
56|1.2.840.113549.1.9.9|extendedCertificateAttributes
58|2.16.840.1.113730.1|nsCertExt|Netscape Certificate Extension
64|1.3.14.3.2.26|SHA1|sha1
65|1.2.840.113549.1.1.5|RSA-SHA1|sha1WithRSAEncryption
66|1.3.14.3.2.13|DSA-SHA|dsaWithSHA
67|1.3.14.3.2.12|DSA-old|dsaEncryption-old
70|1.3.14.3.2.27|DSA-SHA1-old|dsaWithSHA1-old
71|2.16.840.1.113730.1.1|nsCertType|Netscape Cert Type
72|2.16.840.1.113730.1.2|nsBaseUrl|Netscape Base Url
73|2.16.840.1.113730.1.3|nsRevocationUrl|Netscape Revocation Url
74|2.16.840.1.113730.1.4|nsCaRevocationUrl|Netscape CA Revocation Url
75|2.16.840.1.113730.1.7|nsRenewalUrl|Netscape Renewal Url
76|2.16.840.1.113730.1.8|nsCaPolicyUrl|Netscape CA Policy Url
77|2.16.840.1.113730.1.12|nsSslServerName|Netscape SSL Server Name
78|2.16.840.1.113730.1.13|nsComment|Netscape Comment
82|2.5.29.14|subjectKeyIdentifier|X509v3 Subject Key Identifier
83|2.5.29.15|keyUsage|X509v3 Key Usage
84|2.5.29.16|privateKeyUsagePeriod|X509v3 Private Key Usage Period
85|2.5.29.17|subjectAltName|X509v3 Subject Alternative Name
86|2.5.29.18|issuerAltName|X509v3 Issuer Alternative Name
87|2.5.29.19|basicConstraints|X509v3 Basic Constraints
88|2.5.29.20|crlNumber|X509v3 CRL Number
89|2.5.29.32|certificatePolicies|X509v3 Certificate Policies
90|2.5.29.35|authorityKeyIdentifier|X509v3 Authority Key Identifier
99|2.5.4.42|GN|givenName
100|2.5.4.4|SN|surname
101|2.5.4.43|initials
102|0.9.2342.19200300.100.1.44|uid|uniqueIdentifier
103|2.5.29.31|crlDistributionPoints|X509v3 CRL Distribution Points
104|1.3.14.3.2.3|RSA-NP-MD5|md5WithRSA
105|2.5.4.5|serialNumber
106|2.5.4.12|title
107|2.5.4.13|description
113|1.2.840.10040.4.3|DSA-SHA1|dsaWithSHA1
115|1.3.14.3.2.29|RSA-SHA1-2|sha1WithRSA
116|1.2.840.10040.4.1|DSA|dsaEncryption
126|2.5.29.37|extendedKeyUsage|X509v3 Extended Key Usage
129|1.3.6.1.5.5.7.3.1|serverAuth|TLS Web Server Authentication
130|1.3.6.1.5.5.7.3.2|clientAuth|TLS Web Client Authentication
131|1.3.6.1.5.5.7.3.3|codeSigning|Code Signing
132|1.3.6.1.5.5.7.3.4|emailProtection|E-mail Protection
133|1.3.6.1.5.5.7.3.8|timeStamping|Time Stamping
136|1.3.6.1.4.1.311.10.3.1|msCTLSign|Microsoft Trust List Signing
137|1.3.6.1.4.1.311.10.3.3|msSGC|Microsoft Server Gated Crypto
138|1.3.6.1.4.1.311.10.3.4|msEFS|Microsoft Encrypted File System
140|2.5.29.27|deltaCRL|X509v3 Delta CRL Indicator
141|2.5.29.21|CRLReason|X509v3 CRL Reason Code
142|2.5.29.24|invalidityDate|Invalidity Date
143|1.3.101.1.4.1|SXNetID|Strong Extranet ID
156|1.2.840.113549.1.9.20|friendlyName
157|1.2.840.113549.1.9.21|localKeyID
158|1.2.840.113549.1.9.22.1|x509Certificate
159|1.2.840.113549.1.9.22.2|sdsiCertificate
160|1.2.840.113549.1.9.23.1|x509Crl
163|1.2.840.113549.2.7|hmacWithSHA1
167|1.2.840.113549.1.9.15|SMIME-CAPS|S/MIME Capabilities
172|1.2.840.113549.1.9.14|extReq|Extension Request
173|2.5.4.41|name
174|2.5.4.46|dnQualifier
177|1.3.6.1.5.5.7.1.1|authorityInfoAccess|Authority Information Access
178|1.3.6.1.5.5.7.48.1|OCSP
179|1.3.6.1.5.5.7.48.2|caIssuers|CA Issuers
180|1.3.6.1.5.5.7.3.9|OCSPSigning|OCSP Signing
185|1.2.840.10040.4|X9cm|X9.57 CM ?
257|1.2.840.113549.2.4|MD4|md4
285|1.3.6.1.5.5.7.1.2|biometricInfo|Biometric Info
286|1.3.6.1.5.5.7.1.3|qcStatements
287|1.3.6.1.5.5.7.1.4|ac-auditIdentity|X509v3 Audit Identity
288|1.3.6.1.5.5.7.1.5|ac-targeting
289|1.3.6.1.5.5.7.1.6|aaControls
290|1.3.6.1.5.5.7.1.7|sbgp-ipAddrBlock
291|1.3.6.1.5.5.7.1.8|sbgp-autonomousSysNum
292|1.3.6.1.5.5.7.1.9|sbgp-routerIdentifier
294|1.3.6.1.5.5.7.3.5|ipsecEndSystem|IPSec End System
295|1.3.6.1.5.5.7.3.6|ipsecTunnel|IPSec Tunnel
296|1.3.6.1.5.5.7.3.7|ipsecUser|IPSec User
297|1.3.6.1.5.5.7.3.10|DVCS|dvcs
363|1.3.6.1.5.5.7.48.3|ad_timestamping|AD Time Stamping
364|1.3.6.1.5.5.7.48.4|AD_DVCS|ad dvcs
365|1.3.6.1.5.5.7.48.1.1|basicOCSPResponse|Basic OCSP Response
366|1.3.6.1.5.5.7.48.1.2|Nonce|OCSP Nonce
367|1.3.6.1.5.5.7.48.1.3|CrlID|OCSP CRL ID
368|1.3.6.1.5.5.7.48.1.4|acceptableResponses|Acceptable OCSP Responses
369|1.3.6.1.5.5.7.48.1.5|noCheck|OCSP No Check
370|1.3.6.1.5.5.7.48.1.6|archiveCutoff|OCSP Archive Cutoff
371|1.3.6.1.5.5.7.48.1.7|serviceLocator|OCSP Service Locator
372|1.3.6.1.5.5.7.48.1.8|extendedStatus|Extended OCSP Status
373|1.3.6.1.5.5.7.48.1.9|valid
374|1.3.6.1.5.5.7.48.1.10|path
375|1.3.6.1.5.5.7.48.1.11|trustRoot|Trust Root
377|1.3.14.3.2.11|rsaSignature
391|0.9.2342.19200300.100.1.25|DC|domainComponent
396|1.2.840.113549.1.1.3|RSA-MD4|md4WithRSAEncryption
397|1.3.6.1.5.5.7.1.10|ac-proxying
398|1.3.6.1.5.5.7.1.11|subjectInfoAccess|Subject Information Access
400|2.5.4.72|role
401|2.5.29.36|policyConstraints|X509v3 Policy Constraints
402|2.5.29.55|targetInformation|X509v3 AC Targeting
403|2.5.29.56|noRevAvail|X509v3 No Revocation Available
406|1.2.840.10045.1.1|prime-field
407|1.2.840.10045.1.2|characteristic-two-field
408|1.2.840.10045.2.1|id-ecPublicKey
409|1.2.840.10045.3.1.1|prime192v1
410|1.2.840.10045.3.1.2|prime192v2
411|1.2.840.10045.3.1.3|prime192v3
412|1.2.840.10045.3.1.4|prime239v1
413|1.2.840.10045.3.1.5|prime239v2
414|1.2.840.10045.3.1.6|prime239v3
415|1.2.840.10045.3.1.7|prime256v1
416|1.2.840.10045.4.1|ecdsa-with-SHA1
418|2.16.840.1.101.3.4.1.1|AES-128-ECB|aes-128-ecb
419|2.16.840.1.101.3.4.1.2|AES-128-CBC|aes-128-cbc
420|2.16.840.1.101.3.4.1.3|AES-128-OFB|aes-128-ofb
421|2.16.840.1.101.3.4.1.4|AES-128-CFB|aes-128-cfb
422|2.16.840.1.101.3.4.1.21|AES-192-ECB|aes-192-ecb
423|2.16.840.1.101.3.4.1.22|AES-192-CBC|aes-192-cbc
424|2.16.840.1.101.3.4.1.23|AES-192-OFB|aes-192-ofb
425|2.16.840.1.101.3.4.1.24|AES-192-CFB|aes-192-cfb
426|2.16.840.1.101.3.4.1.41|AES-256-ECB|aes-256-ecb
427|2.16.840.1.101.3.4.1.42|AES-256-CBC|aes-256-cbc
428|2.16.840.1.101.3.4.1.43|AES-256-OFB|aes-256-ofb
429|2.16.840.1.101.3.4.1.44|AES-256-CFB|aes-256-cfb
430|2.5.29.23|holdInstructionCode|Hold Instruction Code
458|0.9.2342.19200300.100.1.1|UID|userId
459|0.9.2342.19200300.100.1.2|textEncodedORAddress
460|0.9.2342.19200300.100.1.3|mail|rfc822Mailbox
461|0.9.2342.19200300.100.1.4|info
462|0.9.2342.19200300.100.1.5|favouriteDrink
463|0.9.2342.19200300.100.1.6|roomNumber
464|0.9.2342.19200300.100.1.7|photo
465|0.9.2342.19200300.100.1.8|userClass
466|0.9.2342.19200300.100.1.9|host
467|0.9.2342.19200300.100.1.10|manager
468|0.9.2342.19200300.100.1.11|documentIdentifier
469|0.9.2342.19200300.100.1.12|documentTitle
470|0.9.2342.19200300.100.1.13|documentVersion
471|0.9.2342.19200300.100.1.14|documentAuthor
472|0.9.2342.19200300.100.1.15|documentLocation
473|0.9.2342.19200300.100.1.20|homeTelephoneNumber
474|0.9.2342.19200300.100.1.21|secretary
475|0.9.2342.19200300.100.1.22|otherMailbox
476|0.9.2342.19200300.100.1.23|lastModifiedTime
477|0.9.2342.19200300.100.1.24|lastModifiedBy
478|0.9.2342.19200300.100.1.26|aRecord
479|0.9.2342.19200300.100.1.27|pilotAttributeType27
480|0.9.2342.19200300.100.1.28|mXRecord
481|0.9.2342.19200300.100.1.29|nSRecord
482|0.9.2342.19200300.100.1.30|sOARecord
483|0.9.2342.19200300.100.1.31|cNAMERecord
484|0.9.2342.19200300.100.1.37|associatedDomain
485|0.9.2342.19200300.100.1.38|associatedName
486|0.9.2342.19200300.100.1.39|homePostalAddress
487|0.9.2342.19200300.100.1.40|personalTitle
488|0.9.2342.19200300.100.1.41|mobileTelephoneNumber
489|0.9.2342.19200300.100.1.42|pagerTelephoneNumber
490|0.9.2342.19200300.100.1.43|friendlyCountryName
491|0.9.2342.19200300.100.1.45|organizationalStatus
492|0.9.2342.19200300.100.1.46|janetMailbox
493|0.9.2342.19200300.100.1.47|mailPreferenceOption
494|0.9.2342.19200300.100.1.48|buildingName
495|0.9.2342.19200300.100.1.49|dSAQuality
496|0.9.2342.19200300.100.1.50|singleLevelQuality
497|0.9.2342.19200300.100.1.51|subtreeMinimumQuality
498|0.9.2342.19200300.100.1.52|subtreeMaximumQuality
499|0.9.2342.19200300.100.1.53|personalSignature
500|0.9.2342.19200300.100.1.54|dITRedirect
501|0.9.2342.19200300.100.1.55|audio
502|0.9.2342.19200300.100.1.56|documentPublisher
503|2.5.4.45|x500UniqueIdentifier
509|2.5.4.44|generationQualifier
510|2.5.4.65|pseudonym
644|1.2.840.113549.1.1.6|rsaOAEPEncryptionSET
648|1.3.6.1.4.1.311.20.2.2|msSmartcardLogin|Microsoft Smartcard Login
649|1.3.6.1.4.1.311.20.2.3|msUPN|Microsoft User Principal Name
660|2.5.4.9|street|streetAddress
661|2.5.4.17|postalCode
663|1.3.6.1.5.5.7.1.14|proxyCertInfo|Proxy Certificate Information
666|2.5.29.30|nameConstraints|X509v3 Name Constraints
668|1.2.840.113549.1.1.11|RSA-SHA256|sha256WithRSAEncryption
669|1.2.840.113549.1.1.12|RSA-SHA384|sha384WithRSAEncryption
670|1.2.840.113549.1.1.13|RSA-SHA512|sha512WithRSAEncryption
671|1.2.840.113549.1.1.14|RSA-SHA224|sha224WithRSAEncryption
672|2.16.840.1.101.3.4.2.1|SHA256|sha256
673|2.16.840.1.101.3.4.2.2|SHA384|sha384
674|2.16.840.1.101.3.4.2.3|SHA512|sha512
675|2.16.840.1.101.3.4.2.4|SHA224|sha224
680|1.2.840.10045.1.2.3|id-characteristic-two-basis
681|1.2.840.10045.1.2.3.1|onBasis
682|1.2.840.10045.1.2.3.2|tpBasis
683|1.2.840.10045.1.2.3.3|ppBasis
684|1.2.840.10045.3.0.1|c2pnb163v1
685|1.2.840.10045.3.0.2|c2pnb163v2
686|1.2.840.10045.3.0.3|c2pnb163v3
687|1.2.840.10045.3.0.4|c2pnb176v1
688|1.2.840.10045.3.0.5|c2tnb191v1
689|1.2.840.10045.3.0.6|c2tnb191v2
690|1.2.840.10045.3.0.7|c2tnb191v3
691|1.2.840.10045.3.0.8|c2onb191v4
692|1.2.840.10045.3.0.9|c2onb191v5
693|1.2.840.10045.3.0.10|c2pnb208w1
694|1.2.840.10045.3.0.11|c2tnb239v1
695|1.2.840.10045.3.0.12|c2tnb239v2
696|1.2.840.10045.3.0.13|c2tnb239v3
697|1.2.840.10045.3.0.14|c2onb239v4
698|1.2.840.10045.3.0.15|c2onb239v5
699|1.2.840.10045.3.0.16|c2pnb272w1
700|1.2.840.10045.3.0.17|c2pnb304w1
701|1.2.840.10045.3.0.18|c2tnb359v1
702|1.2.840.10045.3.0.19|c2pnb368w1
703|1.2.840.10045.3.0.20|c2tnb431r1
704|1.3.132.0.6|secp112r1
705|1.3.132.0.7|secp112r2
706|1.3.132.0.28|secp128r1
707|1.3.132.0.29|secp128r2
708|1.3.132.0.9|secp160k1
709|1.3.132.0.8|secp160r1
710|1.3.132.0.30|secp160r2
711|1.3.132.0.31|secp192k1
712|1.3.132.0.32|secp224k1
713|1.3.132.0.33|secp224r1
714|1.3.132.0.10|secp256k1
715|1.3.132.0.34|secp384r1
716|1.3.132.0.35|secp521r1
717|1.3.132.0.4|sect113r1
718|1.3.132.0.5|sect113r2
719|1.3.132.0.22|sect131r1
720|1.3.132.0.23|sect131r2
721|1.3.132.0.1|sect163k1
722|1.3.132.0.2|sect163r1
723|1.3.132.0.15|sect163r2
724|1.3.132.0.24|sect193r1
725|1.3.132.0.25|sect193r2
726|1.3.132.0.26|sect233k1
727|1.3.132.0.27|sect233r1
728|1.3.132.0.3|sect239k1
729|1.3.132.0.16|sect283k1
730|1.3.132.0.17|sect283r1
731|1.3.132.0.36|sect409k1
732|1.3.132.0.37|sect409r1
733|1.3.132.0.38|sect571k1
734|1.3.132.0.39|sect571r1
746|2.5.29.32.0|anyPolicy|X509v3 Any Policy
747|2.5.29.33|policyMappings|X509v3 Policy Mappings
748|2.5.29.54|inhibitAnyPolicy|X509v3 Inhibit Any Policy
769|2.5.29.9|subjectDirectoryAttributes|X509v3 Subject Directory Attributes
770|2.5.29.28|issuingDistributionPoint|X509v3 Issuing Distribution Point
771|2.5.29.29|certificateIssuer|X509v3 Certificate Issuer
785|1.3.6.1.5.5.7.48.5|caRepository|CA Repository
788|2.16.840.1.101.3.4.1.5|id-aes128-wrap
789|2.16.840.1.101.3.4.1.25|id-aes192-wrap
790|2.16.840.1.101.3.4.1.45|id-aes256-wrap
791|1.2.840.10045.4.2|ecdsa-with-Recommended
792|1.2.840.10045.4.3|ecdsa-with-Specified
793|1.2.840.10045.4.3.1|ecdsa-with-SHA224
794|1.2.840.10045.4.3.2|ecdsa-with-SHA256
795|1.2.840.10045.4.3.3|ecdsa-with-SHA384
796|1.2.840.10045.4.3.4|ecdsa-with-SHA512
797|1.2.840.113549.2.6|hmacWithMD5
798|1.2.840.113549.2.8|hmacWithSHA224
799|1.2.840.113549.2.9|hmacWithSHA256
800|1.2.840.113549.2.10|hmacWithSHA384
801|1.2.840.113549.2.11|hmacWithSHA512
802|2.16.840.1.101.3.4.3.1|dsa_with_SHA224
803|2.16.840.1.101.3.4.3.2|dsa_with_SHA256
857|2.5.29.46|freshestCRL|X509v3 Freshest CRL
859|2.5.4.14|searchGuide
860|2.5.4.15|businessCategory
861|2.5.4.16|postalAddress
862|2.5.4.18|postOfficeBox
863|2.5.4.19|physicalDeliveryOfficeName
864|2.5.4.20|telephoneNumber
865|2.5.4.21|telexNumber
866|2.5.4.22|teletexTerminalIdentifier
867|2.5.4.23|facsimileTelephoneNumber
868|2.5.4.24|x121Address
869|2.5.4.25|internationaliSDNNumber
870|2.5.4.26|registeredAddress
871|2.5.4.27|destinationIndicator
872|2.5.4.28|preferredDeliveryMethod
873|2.5.4.29|presentationAddress
874|2.5.4.30|supportedApplicationContext
875|2.5.4.31|member
876|2.5.4.32|owner
877|2.5.4.33|roleOccupant
878|2.5.4.34|seeAlso
879|2.5.4.35|userPassword
880|2.5.4.36|userCertificate
881|2.5.4.37|cACertificate
882|2.5.4.38|authorityRevocationList
883|2.5.4.39|certificateRevocationList
884|2.5.4.40|crossCertificatePair
885|2.5.4.47|enhancedSearchGuide
886|2.5.4.48|protocolInformation
887|2.5.4.49|distinguishedName
888|2.5.4.50|uniqueMember
889|2.5.4.51|houseIdentifier
890|2.5.4.52|supportedAlgorithms
891|2.5.4.53|deltaRevocationList
892|2.5.4.54|dmdName
895|2.16.840.1.101.3.4.1.6|id-aes128-GCM|aes-128-gcm
896|2.16.840.1.101.3.4.1.7|id-aes128-CCM|aes-128-ccm
897|2.16.840.1.101.3.4.1.8|id-aes128-wrap-pad
898|2.16.840.1.101.3.4.1.26|id-aes192-GCM|aes-192-gcm
899|2.16.840.1.101.3.4.1.27|id-aes192-CCM|aes-192-ccm
900|2.16.840.1.101.3.4.1.28|id-aes192-wrap-pad
901|2.16.840.1.101.3.4.1.46|id-aes256-GCM|aes-256-gcm
902|2.16.840.1.101.3.4.1.47|id-aes256-CCM|aes-256-ccm
903|2.16.840.1.101.3.4.1.48|id-aes256-wrap-pad
910|2.5.29.37.0|anyExtendedKeyUsage|Any Extended Key Usage
911|1.2.840.113549.1.1.8|MGF1|mgf1
912|1.2.840.113549.1.1.10|RSASSA-PSS|rsassaPss
919|1.2.840.113549.1.1.7|RSAES-OAEP|rsaesOaep
935|1.2.840.113549.1.1.9|PSPECIFIED|pSpecified
951|1.3.6.1.4.1.11129.2.4.2|ct_precert_scts|CT Precertificate SCTs
952|1.3.6.1.4.1.11129.2.4.3|ct_precert_poison|CT Precertificate Poison
953|1.3.6.1.4.1.11129.2.4.4|ct_precert_signer|CT Precertificate Signer
954|1.3.6.1.4.1.11129.2.4.5|ct_cert_scts|CT Certificate SCTs
955|1.3.6.1.4.1.311.60.2.1.1|jurisdictionL|jurisdictionLocalityName
956|1.3.6.1.4.1.311.60.2.1.2|jurisdictionST|jurisdictionStateOrProvinceName
957|1.3.6.1.4.1.311.60.2.1.3|jurisdictionC|jurisdictionCountryName
1020|1.3.6.1.5.5.7.1.24|tlsfeature|TLS Feature
1022|1.3.6.1.5.5.7.3.17|ipsecIKE|ipsec Internet Key Exchange
1023|1.3.6.1.5.5.7.3.18|capwapAC|Ctrl/provision WAP Access
1024|1.3.6.1.5.5.7.3.19|capwapWTP|Ctrl/Provision WAP Termination
1025|1.3.6.1.5.5.7.3.21|secureShellClient|SSH Client
1026|1.3.6.1.5.5.7.3.22|secureShellServer|SSH Server
1027|1.3.6.1.5.5.7.3.23|sendRouter|Send Router
1028|1.3.6.1.5.5.7.3.24|sendProxiedRouter|Send Proxied Router
1029|1.3.6.1.5.5.7.3.25|sendOwner|Send Owner
1030|1.3.6.1.5.5.7.3.26|sendProxiedOwner|Send Proxied Owner
1034|1.3.101.110|X25519
1035|1.3.101.111|X448
1087|1.3.101.112|ED25519
1088|1.3.101.113|ED448
1089|2.5.4.97|organizationIdentifier
1090|2.5.4.98|c3|countryCode3c
1091|2.5.4.99|n3|countryCode3n
1092|2.5.4.100|dnsName
1094|2.16.840.1.101.3.4.2.5|SHA512-224|sha512-224
1095|2.16.840.1.101.3.4.2.6|SHA512-256|sha512-256
1096|2.16.840.1.101.3.4.2.7|SHA3-224|sha3-224
1097|2.16.840.1.101.3.4.2.8|SHA3-256|sha3-256
1098|2.16.840.1.101.3.4.2.9|SHA3-384|sha3-384
1099|2.16.840.1.101.3.4.2.10|SHA3-512|sha3-512
`;

interface Tables {
  by_nid: Map<number, Asn1Object>;
  by_oid: Map<string, Asn1Object>;
  by_name: Map<string, Asn1Object>;
}

const made: { tables: Tables | null } = { tables: null };

function tables(): Tables {
  if (made.tables !== null) return made.tables;
  const t: Tables = { by_nid: new Map(), by_oid: new Map(), by_name: new Map() };
  for (const line of TABLE.trim().split('\n')) {
    const [nid, oid, short, long] = line.split('|') as [string, string, string, string?];
    const o: Asn1Object = { nid: Number(nid), oid, short, long: long ?? short };
    t.by_nid.set(o.nid, o);
    if (!t.by_oid.has(oid)) t.by_oid.set(oid, o);
    for (const name of [o.short, o.long]) if (!t.by_name.has(name)) t.by_name.set(name, o);
  }
  made.tables = t;
  return t;
}

export function object_by_nid(nid: number): Asn1Object | null {
  return tables().by_nid.get(nid) ?? null;
}

export function object_by_oid(oid: string): Asn1Object | null {
  return tables().by_oid.get(oid) ?? null;
}

export function object_by_name(name: string): Asn1Object | null {
  return tables().by_name.get(name) ?? null;
}
