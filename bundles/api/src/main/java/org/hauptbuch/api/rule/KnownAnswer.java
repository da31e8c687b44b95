package org.hauptbuch.api.rule;

import java.util.function.Supplier;

/**
 * One answer that a rule must give.
 *
 * @param name what is asked, unique within the rule, such as {@code "ten draws of three candidates"}
 * @param expected the right answer, as text
 * @param answer asks the rule
 */
public record KnownAnswer(String name, String expected, Supplier<String> answer) {}
