package io.berth.session.container;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the runtimes among which {@code berth.runtime} chooses. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, FIELD, METHOD, PARAMETER})
public @interface RunsOn {

  /** What it runs desktops on. */
  RuntimeKind value();

  /** The mark as a value, to look one up. */
  final class Literal extends AnnotationLiteral<RunsOn> implements RunsOn {

    private static final long serialVersionUID = 1;

    private final RuntimeKind kind;

    Literal(RuntimeKind kind) {
      this.kind = kind;
    }

    @Override
    public RuntimeKind value() {
      return kind;
    }
  }
}
