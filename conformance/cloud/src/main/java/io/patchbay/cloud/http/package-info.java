/// What the services of the simulated cloud have in common: they answer over HTTP.
@NullMarked
package io.patchbay.cloud.http;

import org.jspecify.annotations.NullMarked;
