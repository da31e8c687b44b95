package org.hauptbuch.api.node;

/**
 * What came of an import of signing records.
 *
 * @param records how many of this node's key the file has
 * @param otherKeys how many entries of other keys it has, which were passed over
 * @param signsFrom the first height at which the node may still sign
 */
public record SigningImport(long records, long otherKeys, long signsFrom) {}
