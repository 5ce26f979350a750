/// What a pod is to get: a pure function of the request, the pod and its networks.
@NullMarked
package io.patchbay.meta.plan;

import org.jspecify.annotations.NullMarked;
