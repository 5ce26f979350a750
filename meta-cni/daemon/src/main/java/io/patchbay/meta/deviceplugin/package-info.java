/// The kubelet's device plugin: PCI functions in pools, one resource for each, offered to the
/// kubelet and handed to containers.
@NullMarked
package io.patchbay.meta.deviceplugin;

import org.jspecify.annotations.NullMarked;
