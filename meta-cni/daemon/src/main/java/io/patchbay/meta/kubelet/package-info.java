/// The messages of the kubelet's services, made by protoc of `src/main/proto`. Nothing else is
/// here.
@NullMarked
package io.patchbay.meta.kubelet;

import org.jspecify.annotations.NullMarked;
