package io.patchbay.cloud.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.cloud.control.Fault;
import io.patchbay.cloud.vpc.Instances;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.spi.net.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
    private final TestRegion region = new TestRegion();

    @AfterEach
    void close() {
        region.close();
    }

    private SecurityGroupPolicy policy(String group) {
        return new SecurityGroupPolicy(
                "core", "db", Optional.of(LabelSelector.ALL), Optional.empty(), List.of(group));
    }

    @Test
    void aNodeThatWantsBranchesGetsATrunkAtItsHighestDeviceAndACapacity() {
        String instance = region.node("a", "m5.large");
        region.work();
        NetworkInterface trunk = region.interfaces(Kind.TRUNK).findFirst().orElseThrow();
        assertThat(trunk.attachedTo(instance).orElseThrow().device()).isEqualTo(2);
        assertThat(trunk.attachment().orElseThrow().deleteOnTermination()).isTrue();
        assertThat(region.plane.now().nodes().values())
                .extracting(Node::capacity)
                .containsExactly(Optional.of(9));
        region.restart();
        region.work();
        assertThat(region.interfaces(Kind.TRUNK)).hasSize(1);
    }

    @Test
    void aNodeWhoseTypeHasNoTrunkIsToldSo() {
        region.node("a", "t3.medium");
        region.pod("db-0", "a");
        region.work();
        assertThat(region.warnings("a"))
                .containsExactly(
                        "The instance type t3.medium is not supported for a trunk interface: pods on node a cannot have security groups of their own");
        assertThat(region.warnings("db-0"))
                .containsExactly(
                        "pod core/db-0 needs a branch, but its node a has no trunk: see the node's events");
    }

    @Test
    void aPodIsToldItsBranchAsAmazonsControllerTellsIt() throws JsonProcessingException {
        region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work();
        region.assertThatPodsAndBranchesAgree();
        NetworkInterface eni = region.branchOf("db-0").orElseThrow();
        var at = eni.association().orElseThrow();
        var told = region.plane.findPod("core/db-0").flatMap(Pod::branch).orElseThrow();
        assertThat(new ObjectMapper().readTree(told))
                .isEqualTo(
                        new ObjectMapper()
                                .valueToTree(
                                        List.of(
                                                Map.of(
                                                        "eniId",
                                                        eni.id(),
                                                        "ifAddress",
                                                        eni.mac().toString(),
                                                        "privateIp",
                                                        Cidr.text(eni.primary()),
                                                        "ipv6Addr",
                                                        "",
                                                        "vlanId",
                                                        1,
                                                        "subnetCidr",
                                                        "10.0.0.0/22",
                                                        "subnetV6Cidr",
                                                        "",
                                                        "associationID",
                                                        at.id()))));
        assertThat(eni.tags())
                .containsEntry("vpcresources.k8s.aws/vlan-id", "1")
                .containsEntry("vpcresources.k8s.aws/trunk-eni-id", at.trunk());
        assertThat(eni.groups()).containsExactly("sg-2");
    }

    @Test
    void aBranchIsInTheSubnetOfTheNodesEniConfigWithIpv6WhereThereIsSome() {
        region.node("a", "m5.large");
        region.plane.put(
                new CniNode("a", Map.of(CniNode.BRANCHES, "", CniNode.CUSTOM_NETWORKING, "zone")));
        region.pod("db-0", "a");
        region.work();
        assertThat(region.warnings("db-0"))
                .containsExactly(
                        "pod core/db-0 needs a branch in the subnet of ENIConfig zone, as the CNINode of node a says, but there is no such ENIConfig: create it");

        region.plane.put(new EniConfig("zone", "subnet-2"));
        region.work();

        region.assertThatPodsAndBranchesAgree();
        assertThat(region.branchOf("db-0").orElseThrow().subnet()).isEqualTo("subnet-2");
        assertThat(region.plane.findPod("core/db-0").flatMap(Pod::branch).orElseThrow())
                .contains("\"ipv6Addr\":\"2001:db8:0:2:", "\"subnetV6Cidr\":\"2001:db8:0:2::/64\"");
    }

    @Test
    void theBranchOfAPodThatIsGoneCoolsDownAndCountsMeanwhile() {
        region.node("a", "m5.large");
        for (int i = 0; i < 10; i++) {
            region.pod("db-" + i, "a");
        }
        region.work();
        assertThat(region.branches()).hasSize(9);
        assertThat(region.warnings("db-9"))
                .containsExactly(
                        "pod core/db-9 waits for a branch: node a (m5.large) has the 9 that it can have, those that cool down among them");

        region.delete("db-3");
        region.work(Duration.ofSeconds(59));
        assertThat(region.branches()).hasSize(9);
        assertThat(region.branchOf("db-9")).isEmpty();

        region.work(Duration.ofSeconds(2));
        region.assertThatPodsAndBranchesAgree();
    }

    @Test
    void aPodThatHasFinishedNeedsItsBranchNoMore() {
        region.node("a", "m5.large");
        Pod pod = region.pod("db-0", "a");
        region.work();
        region.plane.put(
                new Pod(
                        pod.namespace(),
                        pod.name(),
                        pod.uid(),
                        pod.labels(),
                        pod.serviceAccount(),
                        pod.node(),
                        true,
                        true,
                        region.plane.findPod(pod.key()).flatMap(Pod::branch)));
        region.work(Duration.ofMinutes(2));
        assertThat(region.branches()).isEmpty();
    }

    @Test
    void aSecurityGroupThatIsNotThereIsEc2sWordToThePodUntilThePolicyChanges() {
        region.node("a", "m5.large");
        region.plane.put(policy("sg-77"));
        region.pod("db-0", "a");
        region.work(Duration.ofMinutes(5));
        assertThat(region.warnings("db-0"))
                .containsExactly(
                        "pod core/db-0 waits for a branch: EC2 refused CreateNetworkInterface of subnet-1 [sg-77] with InvalidGroup.NotFound: The security group 'sg-77' does not exist");
        assertThat(region.faults.calls().get("CreateNetworkInterface")).isLessThan(20L);

        region.plane.put(policy("sg-1"));
        region.work(Duration.ofMillis(100));
        region.assertThatPodsAndBranchesAgree();
    }

    @Test
    void aGroupThatIsMadeLaterIsFoundWithoutAnotherChange() {
        region.node("a", "m5.large");
        region.plane.put(policy("sg-77"));
        region.pod("db-0", "a");
        region.work();
        region.ledger.change(
                vpc -> vpc.with(new SecurityGroup("sg-77", "late", List.of(), List.of())));
        region.work(Duration.ofMinutes(1));
        region.assertThatPodsAndBranchesAgree();
    }

    @Test
    void aPodThatNoPolicySelectsIsToldSo() {
        region.node("a", "m5.large");
        region.plane.deletePolicy("core/db");
        region.pod("db-0", "a");
        region.work();
        assertThat(region.warnings("db-0"))
                .containsExactly(
                        "pod core/db-0 asks for vpc.amazonaws.com/pod-eni, but no SecurityGroupPolicy of its namespace selects it");
    }

    @Test
    void aDeletionThatFailsIsTriedForEver() {
        region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work();
        region.faults.next("DeleteNetworkInterface", 12, Fault.internalError());
        region.faults.next("DisassociateTrunkInterface", 5, Fault.unavailable());
        region.delete("db-0");
        region.work(Duration.ofMinutes(20));
        assertThat(region.branches()).isEmpty();
        assertThat(region.faults.calls()).containsEntry("DeleteNetworkInterface", 13L);
    }

    @Test
    void theStaleAnnotationOfAnEarlierPodIsReplaced() {
        region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work();
        String stale = region.plane.findPod("core/db-0").flatMap(Pod::branch).orElseThrow();
        region.delete("db-0");
        region.plane.annotate(region.pod("db-0", "a"), stale);
        region.work(Duration.ofSeconds(30));
        assertThat(region.plane.findPod("core/db-0").flatMap(Pod::branch).orElseThrow())
                .isNotEqualTo(stale);
        region.work(Duration.ofMinutes(2));
        region.assertThatPodsAndBranchesAgree();
    }

    @Test
    void whoHasABranchKeepsItWhenThePolicyIsDeleted() {
        region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work();
        String before = region.branchOf("db-0").orElseThrow().id();
        region.plane.deletePolicy("core/db");
        region.restart();
        region.work(Duration.ofMinutes(5));
        assertThat(region.branchOf("db-0").orElseThrow().id()).isEqualTo(before);
        assertThat(region.branches()).hasSize(1);
    }

    @Test
    void warmBranchesWaitForPodsAndGetTheirGroups() {
        region.settings(TestRegion.SETTINGS.warm(3));
        region.node("a", "m5.large");
        region.work();
        assertThat(region.branches()).hasSize(3).allMatch(eni -> eni.groups().contains("sg-1"));
        region.faults.resetCalls();

        region.pod("db-0", "a");
        region.work(Duration.ofMillis(1));

        assertThat(region.branchOf("db-0").orElseThrow().groups()).containsExactly("sg-2");
        assertThat(region.branches()).hasSize(4);

        region.delete("db-0");
        region.work(Duration.ofMinutes(3));
        assertThat(region.branches()).hasSize(3);
        region.settings(TestRegion.SETTINGS);
        region.work(Duration.ofMinutes(3));
        assertThat(region.branches()).isEmpty();
    }

    @Test
    void warmBranchesLeaveNoPodWithout() {
        region.settings(TestRegion.SETTINGS.warm(4));
        region.node("a", "m5.large");
        for (int i = 0; i < 9; i++) {
            region.pod("db-" + i, "a");
            region.work(Duration.ofMillis(100));
        }
        region.assertThatPodsAndBranchesAgree();
    }

    @Test
    void aBranchThatSomebodyDeletesIsReplaced() {
        region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work(Duration.ofMinutes(1));
        String lost = region.branchOf("db-0").orElseThrow().id();
        region.ledger.change(vpc -> vpc.withoutInterface(lost));
        region.work(Duration.ofMinutes(2));
        region.assertThatPodsAndBranchesAgree();
        assertThat(region.warnings("db-0"))
                .containsExactly(
                        "branch %s of pod core/db-0 is no more in EC2: somebody else has deleted it; it gets another one"
                                .formatted(lost));
    }

    @Test
    void nothingIsLeftOfANodeThatIsTerminated() {
        String instance = region.node("a", "m5.large");
        region.pod("db-0", "a");
        region.work(Duration.ofMinutes(1));
        region.ledger.change(vpc -> Instances.terminate(vpc, instance));
        region.plane.deleteNode("a");
        region.delete("db-0");
        region.work(Duration.ofMinutes(3));
        assertThat(region.ledger.now().interfaces()).isEmpty();
    }

    @Test
    void aTrunkNobodyCouldAttachIsNotLeft() {
        region.node("a", "m5.large");
        region.faults.next("AttachNetworkInterface", 3, Fault.internalError());
        region.work(Duration.ofSeconds(2));
        region.restart();
        region.work(Duration.ofMinutes(2));
        region.assertThatPodsAndBranchesAgree();
    }
}
