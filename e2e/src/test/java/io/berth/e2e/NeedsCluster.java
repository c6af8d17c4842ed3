package io.berth.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs where KUBECONFIG names a cluster and BERTH_KUBE_LOAD brings images into it, and says so
 * where it is skipped.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsCluster.Condition.class)
@interface NeedsCluster {

  /** Whether there is a cluster. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (isSet("KUBECONFIG") && isSet("BERTH_KUBE_LOAD")) {
        return ConditionEvaluationResult.enabled("KUBECONFIG and BERTH_KUBE_LOAD are set");
      }
      if (context.getTestMethod().isEmpty()) {
        System.err.printf(
            "SKIPPED: %s needs a Kubernetes cluster; set KUBECONFIG and BERTH_KUBE_LOAD to run it.%n",
            context.getDisplayName());
      }
      return ConditionEvaluationResult.disabled("no Kubernetes cluster that takes our images");
    }

    private static boolean isSet(String variable) {
      String value = System.getenv(variable);
      return value != null && !value.isBlank();
    }
  }
}
