package io.patchbay.vpc;

import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.spi.pod.CustomObjects;
import io.patchbay.vpc.eni.EniConfig;
import java.util.Optional;

/// What pods get addresses of whose network does not say. Safe from any thread.
interface Standing {
    /// The node's own subnet and security groups.
    Standing NODE = () -> EniConfig.NODE;

    /// Code 11 where nobody knows for now, 7 where what is said cannot be.
    EniConfig get();

    default Optional<EniConfig> find() {
        try {
            return Optional.of(get());
        } catch (CniException e) {
            return Optional.empty();
        }
    }

    /// Custom networking: those of the ENIConfig that the node names.
    record OfEniConfig(Cluster cluster, CustomObjects<EniConfigSpec> configs, EniConfigName name)
            implements Standing {
        static OfEniConfig watched(Cluster cluster, EniConfigName name, Runnable onChange) {
            CustomObjects<EniConfigSpec> configs =
                    cluster.objects(EniConfigSpec.KIND, EniConfigSpec.class);
            configs.onChange(onChange);
            return new OfEniConfig(cluster, configs, name);
        }

        @Override
        public EniConfig get() {
            EniConfigName.Named named = name.of(cluster);
            return configs.find(named.name())
                    .map(EniConfigSpec::config)
                    .orElseThrow(() ->
                            CniException.tryAgain(
                                    "ENIConfig \"%s\", which %s of this node names, does not exist%s: create it, or name another one"
                                            .formatted(
                                                    named.name(),
                                                    named.by(),
                                                    configs.trouble()
                                                            .map(why -> " (" + why + ")")
                                                            .orElse(""))));
        }
    }
}
