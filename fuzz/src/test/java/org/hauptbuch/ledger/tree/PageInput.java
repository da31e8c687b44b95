package org.hauptbuch.ledger.tree;

import org.hauptbuch.api.value.Bytes;

/** The way to a decoder that is nobody's business outside of its package. */
public final class PageInput {
    private PageInput() {}

    /** A page, read and written again. */
    public static Bytes again(Bytes page) {
        return Page.encode(Page.decode(page));
    }
}
