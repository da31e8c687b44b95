/**
 * Links between peers. A network bundle implements {@link org.hauptbuch.api.net.LinkFactory} and
 * {@link org.hauptbuch.api.net.Links}; the node implements {@link org.hauptbuch.api.net.LinkHandler}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.net;
