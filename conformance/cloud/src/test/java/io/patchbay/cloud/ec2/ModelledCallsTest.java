package io.patchbay.cloud.ec2;

import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.ec2.Ec2Client;

class ModelledCallsTest implements ModelledCalls {
    private final TestEc2 cloud = new TestEc2("m5.large");
    private final Ec2Client ec2 = cloud.client();

    @AfterEach
    void close() {
        ec2.close();
        cloud.close();
    }

    @Override
    public Ec2Client ec2() {
        return ec2;
    }

    @Override
    public String subnet() {
        return "subnet-1";
    }

    @Override
    public String group() {
        return "sg-2";
    }

    @Override
    public String instance() {
        return cloud.instance.id();
    }
}
