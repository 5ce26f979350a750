/// The cloud as EC2's API tells and changes it, by the AWS SDK.
@NullMarked
package io.patchbay.vpc.ec2;

import org.jspecify.annotations.NullMarked;
