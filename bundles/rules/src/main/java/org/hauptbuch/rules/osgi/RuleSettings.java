package org.hauptbuch.rules.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may say about staging, in {@code etc/org.hauptbuch.rules.cfg}. */
@ObjectClassDefinition(name = "Hauptbuch rule jars")
@interface RuleSettings {
    /** See {@link org.hauptbuch.rules.staging.Trust#parse}. */
    @AttributeDefinition(
            name = "Trusted signers",
            description = "SHA-256 of signer certificates, separated by commas. Where it is set, a rule jar that one of"
                    + " them has not signed entirely is never installed or started. What the distribution brings is"
                    + " exempt.")
    String trustedSigners() default "";
}
