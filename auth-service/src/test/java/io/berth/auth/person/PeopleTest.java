package io.berth.auth.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.auth.testing.RealServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServices.class)
class PeopleTest {

  private final People people;

  @Inject
  PeopleTest(People people) {
    this.people = people;
  }

  @Test
  void namesakesWhoComeTogetherGetASlugEach() throws Exception {
    List<Person> made = together(16, n -> proven("provider", "namesake-" + n, "Dora"));

    assertThat(made)
        .extracting(person -> person.slug().value())
        .doesNotHaveDuplicates()
        .contains("dora", "dora-2", "dora-16")
        .hasSize(16);
  }

  @Test
  void onePersonWhoComesManyTimesAtOnceIsOnePerson() throws Exception {
    List<Person> made = together(16, n -> proven("provider", "same", "Emil"));

    assertThat(made).extracting(Person::id).containsOnly(made.getFirst().id());
    assertThat(made).extracting(person -> person.slug().value()).containsOnly("emil");
  }

  @Test
  void twoProvidersPeopleOfOneSubjectAndNameAreTwo() {
    Person one = people.findOrCreate(proven("provider-1", "s", "Fritz"));
    Person other = people.findOrCreate(proven("provider-2", "s", "ＦＲＩＴＺ"));

    assertThat(one.id()).isNotEqualTo(other.id());
    assertThat(one.slug().value()).isEqualTo("fritz");
    assertThat(other.slug().value()).isEqualTo("fritz-2");
  }

  @Test
  void aRenamedPersonKeepsTheSlugAndLosesARoleThatIsGone() {
    Person before =
        people.findOrCreate(new ProvenPerson("provider", "gerda", "gerda", "G", null, true));

    Person after = people.findOrCreate(proven("provider", "gerda", "renamed"));

    assertThat(after.slug()).isEqualTo(before.slug());
    assertThat(before.roles()).containsExactlyInAnyOrder("user", "admin");
    assertThat(after.roles()).containsExactly("user");
  }

  private interface Coming {
    ProvenPerson nth(int n);
  }

  private List<Person> together(int many, Coming coming) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Person>> visits =
          IntStream.range(0, many)
              .mapToObj(n -> (Callable<Person>) () -> people.findOrCreate(coming.nth(n)))
              .toList();
      List<Person> made = new ArrayList<>();
      for (Future<Person> visit : threads.invokeAll(visits)) {
        made.add(visit.get());
      }
      return made;
    }
  }

  private static ProvenPerson proven(String issuer, String subject, String userName) {
    return new ProvenPerson(issuer, subject, userName, userName, "x@example.com", false);
  }
}
