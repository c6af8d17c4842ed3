package io.berth.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs where KUBECONFIG names a cluster, and says so where it is skipped. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsCluster.Condition.class)
@interface NeedsCluster {

  /** Whether there is a cluster. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String kubeconfig = System.getenv("KUBECONFIG");
      if (kubeconfig != null && !kubeconfig.isBlank()) {
        return ConditionEvaluationResult.enabled("KUBECONFIG is set");
      }
      if (context.getTestMethod().isEmpty()) {
        System.err.printf(
            "SKIPPED: %s needs a Kubernetes cluster; set KUBECONFIG to run it.%n",
            context.getDisplayName());
      }
      return ConditionEvaluationResult.disabled("KUBECONFIG is not set: no Kubernetes cluster");
    }
  }
}
