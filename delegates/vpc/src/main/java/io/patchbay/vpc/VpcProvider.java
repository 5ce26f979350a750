package io.patchbay.vpc;

import io.patchbay.spi.Delegate;
import io.patchbay.spi.DelegateContext;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.Spi;
import io.patchbay.vpc.imds.Endpoint;
import io.patchbay.vpc.imds.ImdsMetadata;
import io.patchbay.vpc.plumbing.EgressPolicy;
import io.patchbay.vpc.plumbing.NodeNetwork;
import io.patchbay.vpc.pool.AddressNote;
import io.patchbay.vpc.pool.Addresses;
import java.time.Duration;
import java.util.Optional;

/// The type `vpc`.
public final class VpcProvider implements DelegateProvider<VpcConfig> {
    private static final Duration IMDS_TIMEOUT = Duration.ofSeconds(1);

    @Override
    public String type() {
        return "vpc";
    }

    @Override
    public int spiVersion() {
        return Spi.VERSION;
    }

    @Override
    public Class<VpcConfig> configType() {
        return VpcConfig.class;
    }

    @Override
    public Optional<Class<? extends Record>> settingsType() {
        return Optional.of(VpcSettings.class);
    }

    @Override
    public Delegate<VpcConfig> create(DelegateContext context) {
        VpcSettings settings = context.settings(VpcSettings.class);
        Addresses addresses =
                new Addresses(
                        context.journal("addresses", AddressNote.class),
                        context.clock(),
                        settings.cooldown());
        NodeNetwork node = new NodeNetwork(context.host(), settings.mtu(), EgressPolicy.NONE);
        ImdsMetadata metadata =
                new ImdsMetadata(
                        context.host(),
                        Endpoint.of(settings.imds(), System.getenv()),
                        IMDS_TIMEOUT);
        PoolView view = new PoolView(addresses, context.clock());
        view.meter(context.meters());
        return new VpcDelegate(
                context, new Supply(metadata, node, addresses), addresses, view, node);
    }
}
