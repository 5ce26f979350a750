package io.patchbay.vpc.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "AssignPrivateIpAddresses, Throttling, THROTTLED",
        "AssignPrivateIpAddresses, InvalidParameterValue, SUBNET_FULL",
        "AssignIpv6Addresses, Ipv6AddressLimitExceeded, ENI_FULL",
        "AssignIpv6Addresses, InvalidParameterValue, REFUSED",
        "UnassignIpv6Addresses, InvalidParameterValue, NOT_FOUND",
        "CreateTags, InvalidParameterValue, REFUSED",
        "CreateNetworkInterface, InvalidParameterValue, SUBNET_FULL",
        "CreateNetworkInterface, InvalidSubnetID.NotFound, NOT_FOUND",
        "CreateNetworkInterface, IdempotentParameterMismatch, REFUSED",
        "CreateNetworkInterface, NetworkInterfaceLimitExceeded, REFUSED",
        "CreateNetworkInterface, InvalidSecurityGroupID.NotFound, NOT_FOUND",
        "AttachNetworkInterface, InvalidParameterValue, INSTANCE_FULL",
        "AttachNetworkInterface, InvalidNetworkInterface.InUse, BUSY",
        "AttachNetworkInterface, IncorrectInstanceState, BUSY",
        "DetachNetworkInterface, InvalidAttachmentID.NotFound, NOT_FOUND",
        "DetachNetworkInterface, OperationNotPermitted, REFUSED",
        "DeleteNetworkInterface, InvalidParameterValue, BUSY",
        "DeleteNetworkInterface, InvalidNetworkInterface.InUse, BUSY",
        "UnassignPrivateIpAddresses, InvalidParameterValue, NOT_FOUND",
        "DescribeInstanceTypes, InvalidInstanceType, REFUSED",
        "DescribeSubnets, AuthFailure, DENIED",
        "DescribeSubnets, ExpiredToken, DENIED",
        "DescribeSubnets, ServerInternal, SILENT",
        "CreateTags, ConcurrentTagAccess, BUSY"
    })
    void aCodeMeansWhatItMeansInItsAction(String action, String code, Reason reason) {
        assertThat(Refusals.reason(action, Optional.of(code), 400)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonSaysWhatToDo(Reason reason) {
        assertThat(Refusals.advice("DescribeSubnets", Optional.of("AuthFailure"), reason))
                .isNotBlank();
    }

    @Test
    void makingAnInterfaceNeedsThePermissionToTagItToo() {
        assertThat(
                        Refusals.advice(
                                "CreateNetworkInterface",
                                Optional.of("UnauthorizedOperation"),
                                Reason.DENIED))
                .contains("ec2:CreateNetworkInterface and ec2:CreateTags");
    }
}
