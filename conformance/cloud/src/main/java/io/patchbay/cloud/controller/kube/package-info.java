/// A cluster as its API server tells of it.
@NullMarked
package io.patchbay.cloud.controller.kube;

import org.jspecify.annotations.NullMarked;
