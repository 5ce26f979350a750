/// Pods and their networks: who selects what, where the definitions come from, and what a pod is
/// told in return. The twin of the API server is a directory of manifests.
@NullMarked
package io.patchbay.meta.kube;

import org.jspecify.annotations.NullMarked;
