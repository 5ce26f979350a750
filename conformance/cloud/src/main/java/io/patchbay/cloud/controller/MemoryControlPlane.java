package io.patchbay.cloud.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A cluster without Kubernetes: whoever opened it is its users, its kubelets and its scheduler.
/// Safe from any thread.
public final class MemoryControlPlane implements ControlPlane {
    /// What was told.
    public record Event(Subject subject, EventType type, String reason, String sentence) {}

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Event> events = new ArrayList<>();
    private ClusterState state = ClusterState.EMPTY;

    private interface Locked<T> {
        T call();
    }

    private <T> T locked(Locked<T> action) {
        lock.lock();
        try {
            return action.call();
        } finally {
            lock.unlock();
        }
    }

    private void change(UnaryOperator<ClusterState> change) {
        locked(() -> {
            state = change.apply(state);
            changed.signalAll();
            return state;
        });
    }

    /// Creates a pod, or changes it.
    public void put(Pod pod) {
        pods(pods -> pods.put(pod.key(), pod));
    }

    public void deletePod(String key) {
        pods(pods -> pods.remove(key));
    }

    private interface Edit<V> {
        void apply(Map<String, V> map);
    }

    private static <V> Map<String, V> edited(Map<String, V> map, Edit<V> edit) {
        Map<String, V> copy = new HashMap<>(map);
        edit.apply(copy);
        return copy;
    }

    private void pods(Edit<Pod> edit) {
        change(old ->
                new ClusterState(
                        edited(old.pods(), edit),
                        old.policies(),
                        old.serviceAccounts(),
                        old.nodes(),
                        old.cniNodes(),
                        old.eniConfigs()));
    }

    public void put(SecurityGroupPolicy policy) {
        policies(policies -> policies.put(policy.namespace() + "/" + policy.name(), policy));
    }

    public void deletePolicy(String key) {
        policies(policies -> policies.remove(key));
    }

    private void policies(Edit<SecurityGroupPolicy> edit) {
        change(old ->
                new ClusterState(
                        old.pods(),
                        edited(old.policies(), edit),
                        old.serviceAccounts(),
                        old.nodes(),
                        old.cniNodes(),
                        old.eniConfigs()));
    }

    public void putServiceAccount(String namespace, String name, Map<String, String> labels) {
        change(old ->
                new ClusterState(
                        old.pods(),
                        old.policies(),
                        edited(
                                old.serviceAccounts(),
                                accounts -> accounts.put(namespace + "/" + name, labels)),
                        old.nodes(),
                        old.cniNodes(),
                        old.eniConfigs()));
    }

    public void put(Node node) {
        nodes(nodes -> nodes.put(node.name(), node));
    }

    public void deleteNode(String name) {
        nodes(nodes -> nodes.remove(name));
    }

    private void nodes(Edit<Node> edit) {
        change(old ->
                new ClusterState(
                        old.pods(),
                        old.policies(),
                        old.serviceAccounts(),
                        edited(old.nodes(), edit),
                        old.cniNodes(),
                        old.eniConfigs()));
    }

    public void put(CniNode node) {
        change(old ->
                new ClusterState(
                        old.pods(),
                        old.policies(),
                        old.serviceAccounts(),
                        old.nodes(),
                        edited(old.cniNodes(), nodes -> nodes.put(node.name(), node)),
                        old.eniConfigs()));
    }

    public void put(EniConfig config) {
        eniConfigs(configs -> configs.put(config.name(), config));
    }

    public void deleteEniConfig(String name) {
        eniConfigs(configs -> configs.remove(name));
    }

    private void eniConfigs(Edit<EniConfig> edit) {
        change(old ->
                new ClusterState(
                        old.pods(),
                        old.policies(),
                        old.serviceAccounts(),
                        old.nodes(),
                        old.cniNodes(),
                        edited(old.eniConfigs(), edit)));
    }

    /// What was told, the oldest first.
    public List<Event> events() {
        return locked(() -> List.copyOf(events));
    }

    public Optional<Pod> findPod(String key) {
        return Optional.ofNullable(now().pods().get(key));
    }

    @Override
    public ClusterState now() {
        return locked(() -> state);
    }

    @Override
    public void await(ClusterState seen, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            while (state.equals(seen) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void annotate(Pod pod, String branch) {
        pods(pods ->
                pods.computeIfPresent(
                        pod.key(),
                        (_, is) -> is.uid().equals(pod.uid()) ? is.withBranch(branch) : is));
    }

    @Override
    public void capacity(String node, int branches) {
        nodes(nodes -> nodes.computeIfPresent(node, (_, is) -> is.withCapacity(branches)));
    }

    @Override
    public void event(Subject subject, EventType type, String reason, String sentence) {
        locked(() -> events.add(new Event(subject, type, reason, sentence)));
    }

    @Override
    public void close() {}
}
