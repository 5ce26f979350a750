package io.patchbay.cloud.ec2;

import java.util.List;

/// One action of the API.
interface Action {
    /// What is within the answer, beside the request's id. What is refused is an Ec2Refusal.
    List<Xml> answer(Call call);
}
