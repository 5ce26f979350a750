/// EC2's Query API, version 2016-11-15, over the simulated VPC.
@NullMarked
package io.patchbay.cloud.ec2;

import org.jspecify.annotations.NullMarked;
