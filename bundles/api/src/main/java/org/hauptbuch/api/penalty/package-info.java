/**
 * What an offence costs. Rule authors implement {@link org.hauptbuch.api.penalty.PenaltyRule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.penalty;
