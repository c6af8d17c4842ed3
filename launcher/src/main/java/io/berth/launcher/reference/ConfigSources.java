package io.berth.launcher.reference;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The interfaces of one module's sources that may be part of a configuration mapping. */
final class ConfigSources {

  /** An interface as written, with its comments in reach. */
  record Source(ClassTree tree, TreePath path) {}

  private final Map<String, Source> interfaces = new HashMap<>();
  private final List<Source> mappings = new ArrayList<>();
  private final DocTrees comments;

  private ConfigSources(JavacTask task) throws IOException {
    comments = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Collector().scan(new TreePath(unit), null);
    }
  }

  /** Reads all files of a module whose names end in Config. */
  static ConfigSources of(Path module) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> all = Files.walk(module.resolve("src/main/java"))) {
      List<Path> sources =
          all.filter(file -> file.getFileName().toString().endsWith("Config.java"))
              .sorted()
              .toList();
      return new ConfigSources(
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those with {@code @ConfigMapping}, by file name. */
  List<Source> mappings() {
    return mappings;
  }

  /** The interface of a simple name, if it is among the sources. */
  Optional<Source> find(String simpleName) {
    return Optional.ofNullable(interfaces.get(simpleName));
  }

  /** The comment of an interface. */
  String commentOf(Source source) {
    return markdown(comments.getDocComment(source.path()));
  }

  /** The comment of one of its methods. */
  String commentOf(Source source, MethodTree method) {
    return markdown(comments.getDocComment(new TreePath(source.path(), method)));
  }

  /** The value of an annotation, or of one of its named attributes. */
  static Optional<String> annotation(ModifiersTree modifiers, String name, String attribute) {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      if (annotation.getAnnotationType().toString().equals(name)) {
        for (ExpressionTree argument : annotation.getArguments()) {
          if (argument instanceof LiteralTree literal && attribute.equals("value")) {
            return Optional.of(String.valueOf(literal.getValue()));
          }
          if (argument instanceof AssignmentTree assignment
              && assignment.getVariable().toString().equals(attribute)
              && assignment.getExpression() instanceof LiteralTree literal) {
            return Optional.of(String.valueOf(literal.getValue()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether it carries the annotation. */
  static boolean has(ModifiersTree modifiers, String name) {
    return modifiers.getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals(name));
  }

  private static String markdown(@Nullable String comment) {
    if (comment == null) {
      return "";
    }
    return comment
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^{}]*(?:\\{[^{}]*}[^{}]*)*)}", "`$1`")
        .replaceAll("\\{@link(?:plain)? #?([^ {}]+)(?: [^{}]*)?}", "`$1`")
        .replaceAll("</?p>", "")
        .replaceAll(" @(?:param|return|see) .*", "")
        .strip();
  }

  /** Notes every interface and which of them are mappings. */
  private final class Collector extends TreePathScanner<@Nullable Void, @Nullable Void> {
    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
      Source source = new Source(tree, getCurrentPath());
      interfaces.put(tree.getSimpleName().toString(), source);
      if (has(tree.getModifiers(), "ConfigMapping")) {
        mappings.add(source);
      }
      return super.visitClass(tree, null);
    }
  }
}
