package org.hauptbuch.node.signer;

import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/** Signs, except while it is away, as a remote signer does. */
public final class SwitchedSigner implements Signer {
    private final Signer signer;
    public boolean away;

    public SwitchedSigner(Signer signer) {
        this.signer = signer;
    }

    @Override
    public PublicKey publicKey() {
        return signer.publicKey();
    }

    @Override
    public Bytes sign(Bytes message) {
        requireThere();
        return signer.sign(message);
    }

    @Override
    public Bytes prove(Bytes alpha) {
        requireThere();
        return signer.prove(alpha);
    }

    private void requireThere() {
        if (away) {
            throw SignerFault.away("the signer is away", null);
        }
    }
}
