package org.hauptbuch.rules.staging;

/** The way to decoders that are nobody's business outside of their package. */
public final class StagingInput {
    private StagingInput() {}

    /** What a jar says that it is. */
    public static void jar(byte[] jar) throws RefusedException {
        JarCheck.read(jar);
    }

    /** A header of a manifest. */
    public static void header(String header) throws RefusedException {
        HeaderClause.parse("Import-Package", header);
    }
}
