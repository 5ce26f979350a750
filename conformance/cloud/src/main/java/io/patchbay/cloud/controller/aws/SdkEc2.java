package io.patchbay.cloud.controller.aws;

import io.patchbay.cloud.controller.Ec2;
import io.patchbay.cloud.controller.Ec2Failure;
import io.patchbay.cloud.ec2.Ec2Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// EC2 over HTTP, simulated or not, by the SDK that Amazon's own clients are made of.
public final class SdkEc2 implements Ec2 {
    private final Ec2Client client;

    private SdkEc2(Ec2ClientBuilder builder) {
        this.client =
                builder.httpClient(UrlConnectionHttpClient.create())
                        // The controller knows what else is to be done meanwhile.
                        .overrideConfiguration(
                                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build();
    }

    public static Ec2 open(Ec2Access access) {
        return new SdkEc2(
                Ec2Client.builder()
                        .region(Region.of(access.region()))
                        .endpointOverride(access.endpoint())
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                access.credential().accessKeyId(),
                                                access.credential().secretAccessKey()))));
    }

    /// As the environment says, by the SDK's own variables.
    public static Ec2 ofEnvironment() {
        return new SdkEc2(Ec2Client.builder());
    }

    private <T> T call(String action, String object, Function<Ec2Client, T> call) {
        try {
            return call.apply(client);
        } catch (AwsServiceException e) {
            Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
            String code =
                    details.flatMap(given -> Optional.ofNullable(given.errorCode())).orElse("");
            String words =
                    details.flatMap(given -> Optional.ofNullable(given.errorMessage())).orElse("");
            throw new Ec2Failure(
                    e.statusCode(),
                    code,
                    "EC2 refused %s of %s with %s: %s".formatted(action, object, code, words),
                    e);
        } catch (RuntimeException e) {
            // Whatever is not of the network is of an answer that says less than it should.
            throw new Ec2Failure(
                    0,
                    "",
                    "EC2 gave no answer to %s of %s that can be read (%s)"
                            .formatted(action, object, e.getMessage()),
                    e);
        }
    }

    @Override
    public List<Eni> trunks() {
        return interfaces("interface-type", "trunk");
    }

    @Override
    public List<Eni> tagged(String key) {
        return interfaces("tag-key", key);
    }

    private List<Eni> interfaces(String filter, String value) {
        Filter wanted = Filter.builder().name(filter).values(value).build();
        return call(
                "DescribeNetworkInterfaces",
                value,
                ec2 ->
                        ec2
                                .describeNetworkInterfacesPaginator(
                                        request -> request.filters(wanted))
                                .networkInterfaces()
                                .stream()
                                .map(Described::eni)
                                .toList());
    }

    @Override
    public List<Association> associations() {
        return call(
                "DescribeTrunkInterfaceAssociations",
                "every trunk",
                ec2 ->
                        ec2
                                .describeTrunkInterfaceAssociationsPaginator(_ -> {})
                                .interfaceAssociations()
                                .stream()
                                .map(Described::association)
                                .toList());
    }

    @Override
    public Machine machine(String instance) {
        return call(
                "DescribeInstances",
                instance,
                ec2 ->
                        Described.machine(
                                ec2.describeInstances(request -> request.instanceIds(instance))
                                        .reservations()
                                        .getFirst()
                                        .instances()
                                        .getFirst()));
    }

    @Override
    public Subnet subnet(String id) {
        return call(
                "DescribeSubnets",
                id,
                ec2 ->
                        Described.subnet(
                                ec2.describeSubnets(request -> request.subnetIds(id))
                                        .subnets()
                                        .getFirst()));
    }

    @Override
    public Eni create(Creation wanted) {
        return call(
                "CreateNetworkInterface",
                wanted.subnet() + " " + wanted.groups(),
                ec2 ->
                        Described.eni(
                                ec2.createNetworkInterface(
                                                request -> {
                                                    request.clientToken(wanted.token())
                                                            .subnetId(wanted.subnet())
                                                            .groups(wanted.groups())
                                                            .description(
                                                                    wanted.trunk()
                                                                            ? "trunk-eni"
                                                                            : "branch-eni")
                                                            .tagSpecifications(tags(wanted.tags()));
                                                    if (wanted.trunk()) {
                                                        request.interfaceType("trunk");
                                                    }
                                                    if (wanted.ipv6()) {
                                                        request.ipv6AddressCount(1);
                                                    }
                                                })
                                        .networkInterface()));
    }

    private static TagSpecification tags(Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(ResourceType.NETWORK_INTERFACE)
                .tags(
                        tags.entrySet().stream()
                                .map(tag ->
                                        Tag.builder()
                                                .key(tag.getKey())
                                                .value(tag.getValue())
                                                .build())
                                .toList())
                .build();
    }

    @Override
    public String attach(String eni, String instance, int device) {
        return call(
                "AttachNetworkInterface",
                eni + " to " + instance,
                ec2 ->
                        ec2.attachNetworkInterface(request ->
                                        request.networkInterfaceId(eni)
                                                .instanceId(instance)
                                                .deviceIndex(device))
                                .attachmentId());
    }

    @Override
    public void endWithInstance(String eni, String attachment) {
        call(
                "ModifyNetworkInterfaceAttribute",
                eni,
                ec2 ->
                        ec2.modifyNetworkInterfaceAttribute(request ->
                                request.networkInterfaceId(eni)
                                        .attachment(changes ->
                                                changes.attachmentId(attachment)
                                                        .deleteOnTermination(true))));
    }

    @Override
    public String associate(String token, String branch, String trunk, int vlan) {
        return call(
                "AssociateTrunkInterface",
                "%s with %s by VLAN %d".formatted(branch, trunk, vlan),
                ec2 ->
                        ec2.associateTrunkInterface(request ->
                                        request.clientToken(token)
                                                .branchInterfaceId(branch)
                                                .trunkInterfaceId(trunk)
                                                .vlanId(vlan))
                                .interfaceAssociation()
                                .associationId());
    }

    @Override
    public void setGroups(String eni, List<String> groups) {
        call(
                "ModifyNetworkInterfaceAttribute",
                eni + " to " + groups,
                ec2 ->
                        ec2.modifyNetworkInterfaceAttribute(
                                request -> request.networkInterfaceId(eni).groups(groups)));
    }

    @Override
    public void disassociate(String association) {
        call(
                "DisassociateTrunkInterface",
                association,
                ec2 ->
                        ec2.disassociateTrunkInterface(
                                request -> request.associationId(association)));
    }

    @Override
    public void delete(String eni) {
        call(
                "DeleteNetworkInterface",
                eni,
                ec2 -> ec2.deleteNetworkInterface(request -> request.networkInterfaceId(eni)));
    }

    @Override
    public void close() {
        client.close();
    }
}
