package io.patchbay.vpc;

import io.patchbay.vpc.adopt.Checkpoint;
import io.patchbay.vpc.ec2.Access;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.env.Environment;
import io.patchbay.vpc.imds.Endpoint;
import io.patchbay.vpc.pool.PoolSettings;
import io.patchbay.vpc.pool.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The section `vpc` of patchbay.yaml.
///
/// @param imds where the instance metadata service is, as a URL
/// @param ec2 where EC2 is, as a URL; else the region's own endpoint
/// @param region whose EC2 it is; else AWS_REGION, or that of the node
/// @param cooldownSeconds how long nobody gets an address that a pod had
/// @param mtu of the node's interfaces, and so of the pods'; 0 is AWS_VPC_ENI_MTU, or leaves it as
///   it is
/// @param pool how many addresses are kept
/// @param interfaces which interfaces carry pods, and where further ones are made
/// @param egress how what pods send leaves the node
/// @param families of pods' addresses where their network does not say, `ipv4` and `ipv6`, in the
///   order in which they are told; none are what ENABLE_IPv4 and ENABLE_IPv6 say, or IPv4
/// @param customNetworking whether pods get addresses of an ENIConfig's subnet
/// @param securityGroupsForPods whether pods get the branch interfaces that were made for them
/// @param checkpoint the directory where Amazon's plugin keeps what it remembers of its pods
record VpcSettings(
        Optional<String> imds,
        Optional<String> ec2,
        Optional<String> region,
        Optional<Integer> cooldownSeconds,
        int mtu,
        Optional<PoolSettings> pool,
        Optional<InterfaceSettings> interfaces,
        Optional<EgressSettings> egress,
        List<String> families,
        Optional<CustomNetworkingSettings> customNetworking,
        Optional<SecurityGroupSettings> securityGroupsForPods,
        Optional<String> checkpoint) {
    private static final int DEFAULT_COOLDOWN = 30;
    private static final int LONGEST_COOLDOWN = 3600;

    /// What every host of IPv4 takes (RFC 791), and the jumbo frame of EC2.
    private static final int SMALLEST_MTU = 576;

    private static final int LARGEST_MTU = 9001;

    VpcSettings {
        requireMtu("\"mtu\"", mtu);
        imds.ifPresent(text -> Endpoint.parse("\"imds\"", text));
        ec2.ifPresent(text -> Access.parse("\"ec2\"", text));
        families = List.copyOf(families);
        VpcConfig.families("\"families\"", families);
        requireCooldown("\"cooldownSeconds\"", cooldownSeconds.orElse(DEFAULT_COOLDOWN));
        checkpoint
                .filter(text -> !Path.of(text).isAbsolute())
                .ifPresent(text -> {
                    throw new IllegalArgumentException(
                            "\"checkpoint\" is \"%s\": it is the absolute path of a directory"
                                    .formatted(text));
                });
        Composition.of(pool, egress, families, customNetworking, securityGroupsForPods, Map.of())
                .require();
    }

    private static void requireMtu(String key, int mtu) {
        if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
            throw new IllegalArgumentException(
                    "%s is %d: an interface of a VPC takes %d to %d, or 0 to be left as it is"
                            .formatted(key, mtu, SMALLEST_MTU, LARGEST_MTU));
        }
    }

    int mtu(Map<String, String> environment) {
        return mtu != 0 ? mtu : mtu("AWS_VPC_ENI_MTU", environment);
    }

    private static int mtu(String key, Map<String, String> environment) {
        int mtu = new Environment(environment).count(key).orElse(0);
        requireMtu(key, mtu);
        return mtu;
    }

    LinkPolicy links(Map<String, String> environment) {
        Optional<String> prefix = new Environment(environment).word("AWS_VPC_K8S_CNI_VETHPREFIX");
        prefix.ifPresent(word -> VpcConfig.requirePrefix("AWS_VPC_K8S_CNI_VETHPREFIX", word));
        return new LinkPolicy(
                mtu("POD_MTU", environment),
                prefix.orElse(VpcConfig.DEFAULT_PREFIX),
                families(environment));
    }

    private List<Family> families(Map<String, String> environment) {
        if (!families.isEmpty()) {
            return VpcConfig.families("\"families\"", families);
        }
        Environment variables = new Environment(environment);
        List<Family> enabled = new ArrayList<>();
        if (variables.flag("ENABLE_IPv4").orElse(false)) {
            enabled.add(Family.IPV4);
        }
        if (variables.flag("ENABLE_IPv6").orElse(false)) {
            enabled.add(Family.IPV6);
        }
        return enabled.isEmpty() ? List.of(Family.IPV4) : enabled;
    }

    private static void requireCooldown(String key, int seconds) {
        if (seconds < 0 || seconds > LONGEST_COOLDOWN) {
            throw new IllegalArgumentException(
                    "%s is %d: it is 0 to %d".formatted(key, seconds, LONGEST_COOLDOWN));
        }
    }

    Duration cooldown(Map<String, String> environment) {
        Duration cooldown =
                Targets.cooldown(cooldownSeconds, environment)
                        .orElse(Duration.ofSeconds(DEFAULT_COOLDOWN));
        requireCooldown("IP_COOLDOWN_PERIOD", (int) cooldown.toSeconds());
        return cooldown;
    }

    Composition composition(Map<String, String> environment) {
        return Composition.of(
                pool, egress, families, customNetworking, securityGroupsForPods, environment);
    }

    Path checkpoints() {
        return checkpoint.map(Path::of).orElse(Checkpoint.DIRECTORY);
    }

    Targets targets(Map<String, String> environment) {
        return Targets.of(pool.orElse(PoolSettings.NONE), environment);
    }
}
