/**
 * How a validator's own stake is bonded, released, and what makes it eligible. Rule authors implement
 * {@link org.hauptbuch.api.staking.StakingRule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.staking;
