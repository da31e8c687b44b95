package org.hauptbuch.crypto.bc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The platform's SHA-512, which is faster than Bouncy Castle's. */
final class Sha512 {
    private Sha512() {}

    /** A fresh digest: every Java platform has one (java.security.MessageDigest). */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-512", e);
        }
    }
}
