/**
 * The watched folder and the store of jars by digest, in plain Java: what the framework does is behind
 * {@link org.hauptbuch.rules.staging.BundleHost}.
 */
package org.hauptbuch.rules.staging;
