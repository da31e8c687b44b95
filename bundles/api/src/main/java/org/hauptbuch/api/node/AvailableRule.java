package org.hauptbuch.api.node;

import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Hash;

/**
 * A rule that this container could run.
 *
 * @param kind what it decides
 * @param id its id
 * @param version its bundle's version
 * @param digest the SHA-256 of its jar
 * @param active whether the chain uses it now
 * @param next whether the chain uses it from the next epoch on
 * @param source where it came from, for people, such as a file's name
 */
public record AvailableRule(
        RuleKind kind, String id, String version, Hash digest, boolean active, boolean next, String source) {}
