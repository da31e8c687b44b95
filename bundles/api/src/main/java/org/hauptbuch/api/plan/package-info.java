/**
 * How a live network agrees to change its rules: a plan on chain, the validators' attestations that they hold and have
 * tested the exact code, and the way back.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.plan;
