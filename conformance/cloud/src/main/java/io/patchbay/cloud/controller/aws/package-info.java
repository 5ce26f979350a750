/// EC2 by the AWS SDK.
@NullMarked
package io.patchbay.cloud.controller.aws;

import org.jspecify.annotations.NullMarked;
