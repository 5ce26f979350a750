package io.patchbay.cloud.ec2;

import io.patchbay.cloud.vpc.Ec2Refusal;
import io.patchbay.cloud.vpc.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tags.
final class TagActions {
    static final Map<String, Action> ALL =
            Map.of("CreateTags", TagActions::create, "DeleteTags", TagActions::delete);

    private TagActions() {}

    private static List<String> resources(Call call) {
        List<String> ids = call.parameters().list("ResourceId");
        if (ids.isEmpty()) {
            throw Ec2Refusal.missing("resourceIdSet");
        }
        return ids;
    }

    private static List<Xml> create(Call call) {
        List<String> ids = resources(call);
        Map<String, String> tags = call.parameters().tags("Tag");
        if (tags.isEmpty()) {
            throw Ec2Refusal.missing("tagSet");
        }
        return call.change(vpc -> {
            // As all that is new, an interface is not seen at once.
            ids.stream()
                    .filter(vpc.interfaces()::containsKey)
                    .forEach(id -> call.seen().getInterface(id));
            return Tags.create(vpc, ids, tags);
        });
    }

    private static List<Xml> delete(Call call) {
        List<String> ids = resources(call);
        Map<String, Optional<String>> tags = new HashMap<>();
        call.parameters()
                .members("Tag")
                .forEach(tag -> tags.put(tag.get("Key"), tag.find("Value")));
        return call.change(vpc -> Tags.delete(vpc, ids, tags));
    }
}
