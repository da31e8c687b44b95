/**
 * Durable ordered key-value storage with atomic commits. A store bundle implements
 * {@link org.hauptbuch.api.store.StoreFactory} and {@link org.hauptbuch.api.store.Store}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.store;
