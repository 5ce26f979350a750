package io.patchbay.vpc;

import io.patchbay.spi.DelegateContext;
import io.patchbay.vpc.branch.BranchNote;
import io.patchbay.vpc.branch.Branches;
import io.patchbay.vpc.branch.Enforcement;
import io.patchbay.vpc.branch.StrictNote;
import io.patchbay.vpc.ec2.Access;
import io.patchbay.vpc.ec2.SdkEc2;
import io.patchbay.vpc.env.Environment;
import io.patchbay.vpc.imds.Endpoint;
import io.patchbay.vpc.imds.ImdsMetadata;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.AddressNote;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.AssignmentNote;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Targets;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts the delegate's parts together.
final class VpcNetwork {
    private static final Duration IMDS_TIMEOUT = Duration.ofSeconds(1);

    private final DelegateContext context;
    private final VpcSettings settings;
    private final Map<String, String> environment;
    private final InterfacePolicy interfaces;
    private final ImdsMetadata metadata;

    private VpcNetwork(
            DelegateContext context, VpcSettings settings, Map<String, String> environment) {
        this.context = context;
        this.settings = settings;
        this.environment = environment;
        this.interfaces = settings.interfaces().orElse(InterfaceSettings.NONE).policy(environment);
        this.metadata = new ImdsMetadata(context.host(), imds(), IMDS_TIMEOUT);
    }

    private URI imds() {
        return Endpoint.of(settings.imds(), environment);
    }

    /// @param environment of the process, where settings are looked for that the configuration does
    ///   not have
    static VpcDelegate open(
            DelegateContext context, VpcSettings settings, Map<String, String> environment) {
        return new VpcNetwork(context, settings, environment).open();
    }

    private VpcDelegate open() {
        Composition composition = settings.composition(environment);
        composition.require();
        Targets targets = settings.targets(environment);
        LinkPolicy links = settings.links(environment);
        Addresses addresses =
                new Addresses(
                        context.journal("addresses", AddressNote.class),
                        context.clock(),
                        settings.cooldown(environment));
        NodeNetwork node =
                new NodeNetwork(
                        context.host(),
                        settings.mtu(environment),
                        settings.egress()
                                .orElse(EgressSettings.NONE)
                                .policy(environment)
                                .beside(links.families()));
        Account account = account();
        Neighbourhood neighbourhood = new Neighbourhood(context.clock(), interfaces);
        Eviction eviction = new Eviction(context.host(), node, addresses);
        Inheritance inheritance =
                new Inheritance(
                        eviction,
                        context.journal("inheritance", InheritanceNote.class),
                        settings.checkpoints());
        Unmanaged unmanaged = unmanaged(account, targets.provisions());
        Supply supply =
                new Supply(
                        new Witnesses(metadata, account, context.host(), context.clock()),
                        account,
                        neighbourhood,
                        !targets.provisions(),
                        node,
                        addresses,
                        inheritance,
                        unmanaged);
        Standing standing = standing(addresses);
        Demands demands =
                new Demands(
                        addresses,
                        targets,
                        () ->
                                links.families().stream()
                                        .flatMap(family ->
                                                standing.find().stream()
                                                        .map(config -> new Demand(config, family)))
                                        .collect(Collectors.toCollection(LinkedHashSet::new)));
        Distress distress = new Distress(context.cluster(), standing);
        distress.meter(context.meters());
        PoolView view = new PoolView(addresses, context.clock());
        view.meter(context.meters());
        Optional<Enforcement> enforcement =
                settings.securityGroupsForPods()
                        .orElse(SecurityGroupSettings.NONE)
                        .enforcement(environment);
        BranchPods branchPods =
                new BranchPods(
                        context.cluster(),
                        supply,
                        node,
                        new Branches(
                                context.host(),
                                context.journal("branches", BranchNote.class),
                                context.journal("strict", StrictNote.class),
                                false),
                        enforcement,
                        links);
        Optional<Provisioner> provisioner =
                targets.provisions()
                        ? Optional.of(
                                new Provisioner(
                                        context,
                                        account,
                                        supply,
                                        addresses,
                                        demands,
                                        neighbourhood,
                                        distress,
                                        enforcement.isPresent(),
                                        interfaces.sweep()))
                        : Optional.empty();
        Acquisition acquisition =
                new Acquisition(
                        addresses, supply, neighbourhood, distress, provisioner, context.clock());
        return new VpcDelegate(
                context,
                supply,
                addresses,
                view,
                node,
                links,
                composition,
                standing,
                acquisition,
                branchPods,
                provisioner,
                distress,
                eviction,
                inheritance,
                enforcement.map(_ -> new NodeFeatures(context.cluster(), eniConfigName())),
                account,
                new VpcAddresses(
                        new Uplinks(supply, addresses, context.host()),
                        acquisition,
                        addresses,
                        unmanaged,
                        links,
                        supply),
                unmanaged);
    }

    private Unmanaged unmanaged(Account account, boolean provisions) {
        return new Unmanaged(
                new Addresses(
                        context.journal("leases", AddressNote.class),
                        context.clock(),
                        settings.cooldown(environment)),
                context.journal("assignments", AssignmentNote.class),
                account,
                context.clock(),
                provisions);
    }

    /// Where pods are in other subnets than their node.
    private Optional<EniConfigName> eniConfigName() {
        CustomNetworkingSettings custom =
                settings.customNetworking().orElse(CustomNetworkingSettings.NONE);
        return custom.isEnabled(environment)
                ? Optional.of(custom.name(environment))
                : Optional.empty();
    }

    private Standing standing(Addresses addresses) {
        return eniConfigName()
                .<Standing>map(name ->
                        Standing.OfEniConfig.watched(context.cluster(), name, addresses::touch))
                .orElse(Standing.NODE);
    }

    private Account account() {
        Optional<URI> ec2 = Access.endpoint(settings.ec2(), environment);
        return new Account(
                context,
                metadata,
                region ->
                        new SdkEc2(
                                new Access(
                                        settings.region()
                                                .or(() ->
                                                        new Environment(environment)
                                                                .word("AWS_REGION"))
                                                .orElse(region),
                                        ec2,
                                        imds(),
                                        Access.LEAST_TIMEOUT)),
                interfaces);
    }
}
