/**
 * How the stake of others joins a validator's pool, moves and leaves. Rule authors implement
 * {@link org.hauptbuch.api.delegation.DelegationRule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.delegation;
