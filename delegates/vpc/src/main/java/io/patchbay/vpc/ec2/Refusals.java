package io.patchbay.vpc.ec2;

import static java.util.Map.entry;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What EC2's error codes mean here, and what an operator can do. A code is looked up with its
/// action first, for some mean another thing in each. Source: EC2 API reference, "Error codes".
final class Refusals {
    private static final int LONGEST_WORDS = 240;

    private static final Map<String, Reason> BY_CODE =
            Map.ofEntries(
                    entry("RequestLimitExceeded", Reason.THROTTLED),
                    entry("Throttling", Reason.THROTTLED),
                    entry("ThrottlingException", Reason.THROTTLED),
                    entry("ThrottledException", Reason.THROTTLED),
                    entry("RequestThrottled", Reason.THROTTLED),
                    entry("RequestThrottledException", Reason.THROTTLED),
                    entry("TooManyRequestsException", Reason.THROTTLED),
                    entry("EC2ThrottledException", Reason.THROTTLED),
                    entry("SlowDown", Reason.THROTTLED),
                    entry("InsufficientFreeAddressesInSubnet", Reason.SUBNET_FULL),
                    entry("InsufficientCidrBlocks", Reason.SUBNET_FRAGMENTED),
                    entry("PrivateIpAddressLimitExceeded", Reason.ENI_FULL),
                    entry("Ipv6AddressLimitExceeded", Reason.ENI_FULL),
                    entry("AttachmentLimitExceeded", Reason.INSTANCE_FULL),
                    entry("InvalidNetworkInterfaceID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidNetworkInterfaceId.NotFound", Reason.NOT_FOUND),
                    entry("InvalidAttachmentID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidNetworkInterfaceAttachmentId.NotFound", Reason.NOT_FOUND),
                    entry("InvalidInstanceID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidSubnetID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidSubnetId.NotFound", Reason.NOT_FOUND),
                    entry("InvalidGroup.NotFound", Reason.NOT_FOUND),
                    entry("InvalidSecurityGroupID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidVpcID.NotFound", Reason.NOT_FOUND),
                    entry("InvalidID", Reason.NOT_FOUND),
                    entry("IncorrectState", Reason.BUSY),
                    entry("IncorrectInstanceState", Reason.BUSY),
                    entry("InvalidNetworkInterface.InUse", Reason.BUSY),
                    entry("ConcurrentTagAccess", Reason.BUSY),
                    entry("DependencyViolation", Reason.BUSY),
                    entry("PriorRequestNotComplete", Reason.BUSY),
                    entry("UnauthorizedOperation", Reason.DENIED),
                    entry("AuthFailure", Reason.DENIED),
                    entry("AccessDenied", Reason.DENIED),
                    entry("AccessDeniedException", Reason.DENIED),
                    entry("Blocked", Reason.DENIED),
                    entry("ExpiredToken", Reason.DENIED),
                    entry("ExpiredTokenException", Reason.DENIED),
                    entry("IncompleteSignature", Reason.DENIED),
                    entry("InvalidClientTokenId", Reason.DENIED),
                    entry("MissingAuthenticationToken", Reason.DENIED),
                    entry("OptInRequired", Reason.DENIED),
                    entry("PendingVerification", Reason.DENIED),
                    entry("RequestExpired", Reason.DENIED),
                    entry("SignatureDoesNotMatch", Reason.DENIED),
                    entry("UnrecognizedClientException", Reason.DENIED),
                    entry("InternalError", Reason.SILENT),
                    entry("InternalFailure", Reason.SILENT),
                    entry("ServerInternal", Reason.SILENT),
                    entry("ServiceUnavailable", Reason.SILENT),
                    entry("Unavailable", Reason.SILENT),
                    entry("RequestTimeout", Reason.SILENT),
                    entry("IdempotentParameterMismatch", Reason.REFUSED),
                    entry("NetworkInterfaceLimitExceeded", Reason.REFUSED),
                    entry("InvalidInstanceType", Reason.REFUSED),
                    entry("OperationNotPermitted", Reason.REFUSED),
                    entry("UnsupportedOperation", Reason.REFUSED));

    /// Where EC2 has no code of its own and says InvalidParameterValue, the action tells what it
    /// can be about: everything else in the request is of our own making.
    private static final Map<String, Reason> INVALID_PARAMETER_VALUE =
            Map.of(
                    // "There aren't sufficient free Ipv4 addresses or prefixes"
                    // (amazon-vpc-cni-k8s#3105). Whether it is addresses or prefixes that lack is
                    // in the words alone; the caller knows which it ordered, and another subnet
                    // helps against both.
                    "CreateNetworkInterface", Reason.SUBNET_FULL,
                    // The same, where the subnet has fewer addresses than the prefixes would have
                    // (cilium pull request 31016).
                    "AssignPrivateIpAddresses", Reason.SUBNET_FULL,
                    // "… already has an interface attached at device index …"
                    "AttachNetworkInterface", Reason.INSTANCE_FULL,
                    // "… is currently in use"
                    "DeleteNetworkInterface", Reason.BUSY,
                    // "Some of the specified addresses are not assigned to interface …"
                    "UnassignPrivateIpAddresses", Reason.NOT_FOUND,
                    "UnassignIpv6Addresses", Reason.NOT_FOUND);

    private Refusals() {}

    /// Codes that are not known go by the status: EC2 blames itself with 5xx.
    static Reason reason(String action, Optional<String> code, int status) {
        return code.map(name ->
                        name.equals("InvalidParameterValue")
                                ? INVALID_PARAMETER_VALUE.getOrDefault(action, Reason.REFUSED)
                                : BY_CODE.getOrDefault(name, unknown(status)))
                .orElseGet(() -> uncoded(status));
    }

    // The JDK keeps the body of a 401 to itself where a request was streamed, and with it the code,
    // which is AuthFailure.
    private static Reason uncoded(int status) {
        return status == 401 ? Reason.DENIED : status >= 500 ? Reason.SILENT : Reason.GARBLED;
    }

    private static Reason unknown(int status) {
        return status >= 500 ? Reason.SILENT : Reason.REFUSED;
    }

    static String advice(String action, Optional<String> code, Reason reason) {
        return switch (reason) {
            case SILENT, BUSY -> "it will be tried again";
            case THROTTLED ->
                    "calls are made more slowly; the account's limit in this region can be raised";
            case SUBNET_FULL -> "free addresses in the subnet, or tag another one for pods";
            case SUBNET_FRAGMENTED -> "reserve a range of the subnet for prefixes";
            case ENI_FULL, INSTANCE_FULL -> "the instance's type allows no more";
            case NOT_FOUND -> "see whether it still exists, in this region";
            case DENIED -> denied(action, code);
            case GARBLED -> "see what answers at EC2's endpoint (key \"ec2\" of section vpc)";
            case REFUSED ->
                    code.filter("NetworkInterfaceLimitExceeded"::equals).isPresent()
                            ? "raise the account's limit of network interfaces in this region"
                            : "it will be refused again until what it names is changed";
        };
    }

    private static String denied(String action, Optional<String> code) {
        return switch (code.orElse("")) {
            case "UnauthorizedOperation", "AccessDenied", "AccessDeniedException" ->
                    "allow %s to the node's IAM role".formatted(permissions(action));
            case "RequestExpired", "SignatureDoesNotMatch" ->
                    "set the node's clock right, and renew its credentials";
            default ->
                    "renew the credentials of the node, and see that its region is right (key \"region\")";
        };
    }

    private static String permissions(String action) {
        // Its tags are given at once.
        return action.equals("CreateNetworkInterface")
                ? "ec2:CreateNetworkInterface and ec2:CreateTags"
                : "ec2:" + action;
    }

    /// The cloud's words, on one line and not longer than a line: EC2 appends a whole encoded
    /// document where it denies.
    static String words(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
