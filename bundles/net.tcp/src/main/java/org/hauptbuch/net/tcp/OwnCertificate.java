package org.hauptbuch.net.tcp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.hauptbuch.api.value.Hash;

/**
 * A fresh Ed25519 key and a certificate that it signs itself. Nobody checks who signed it: peers hold the certificate's
 * hash to the proof of a node key.
 *
 * @param key the private key, known to nobody else and kept nowhere
 * @param certificate what this node shows to whoever dials it
 */
record OwnCertificate(PrivateKey key, X509Certificate certificate) {
    private static final String ALGORITHM = "Ed25519";
    private static final X500Name NAME = new X500Name("CN=hauptbuch");

    /** RFC 5280, 4.1.2.5: this end means that there is none. */
    private static final String NO_END = "99991231235959Z";

    private static final String BEGIN = "20000101000000Z";

    /**
     * Makes one with the algorithms of {@code provider}.
     *
     * @throws GeneralSecurityException where the provider has no Ed25519
     */
    static OwnCertificate fresh(Provider provider) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM, provider).generateKeyPair();
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(1));
        content.setIssuer(NAME);
        content.setSubject(NAME);
        content.setStartDate(new Time(new ASN1GeneralizedTime(BEGIN)));
        content.setEndDate(new Time(new ASN1GeneralizedTime(NO_END)));
        content.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        content.setSignature(algorithm);
        TBSCertificate signed = content.generateTBSCertificate();
        Signature signature = Signature.getInstance(ALGORITHM, provider);
        signature.initSign(pair.getPrivate());
        signature.update(signed.getEncoded(ASN1Encoding.DER));
        byte[] encoded = new DERSequence(new ASN1Encodable[] {signed, algorithm, new DERBitString(signature.sign())})
                .getEncoded(ASN1Encoding.DER);
        return new OwnCertificate(pair.getPrivate(), (X509Certificate) CertificateFactory.getInstance("X.509", provider)
                .generateCertificate(new ByteArrayInputStream(encoded)));
    }

    /** The certificate's SHA-256. */
    Hash hash() throws GeneralSecurityException {
        return Hash.sha256(certificate.getEncoded());
    }
}
