package io.berth.chaos;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands at the boundaries of a session-service's steps: the thread that comes to the one that is
 * waited for stands still there, until the process is killed or the debugger lets it go.
 */
final class Debugger {

  private static final String BOUNDARY = "io.berth.session.lifecycle.Boundary";
  private static final int ATTEMPTS = 100;
  private static final int SECONDS = 60;

  private final VirtualMachine machine;
  private volatile @Nullable String wanted;
  private volatile @Nullable EventSet standing;
  private volatile CountDownLatch reached = new CountDownLatch(1);

  private Debugger(VirtualMachine machine) {
    this.machine = machine;
  }

  /** The option of a JVM to which {@link #attach} can come. */
  static String option(int port) {
    return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:"
        + port;
  }

  static Debugger attach(int port) {
    AttachingConnector connector =
        Bootstrap.virtualMachineManager().attachingConnectors().stream()
            .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
            .findFirst()
            .orElseThrow();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
    Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
    for (int attempt = 1; true; attempt++) {
      try {
        Debugger debugger = new Debugger(connector.attach(arguments));
        debugger.watch();
        return debugger;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(e);
        }
        pause();
      } catch (IllegalConnectorArgumentsException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on the next thread at this boundary stands still. */
  void waitFor(String boundary) {
    reached = new CountDownLatch(1);
    standing = null;
    wanted = boundary;
  }

  /** Whether a thread stands there. */
  boolean hasReached() {
    return standing != null;
  }

  /** Returns when a thread stands there. */
  void awaitReached() throws InterruptedException {
    if (!reached.await(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came to the boundary " + wanted);
    }
  }

  /** Lets the thread go on; no other stands still. */
  void letGo() {
    wanted = null;
    EventSet set = standing;
    if (set != null) {
      standing = null;
      set.resume();
    }
  }

  /** Lets the thread go on, and the next one at this boundary stands still. */
  void letGoAndWaitFor(String boundary) {
    EventSet set = standing;
    waitFor(boundary);
    if (set != null) {
      set.resume();
    }
  }

  private void watch() {
    var request = machine.eventRequestManager().createClassPrepareRequest();
    request.addClassFilter(BOUNDARY);
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
    machine.classesByName(BOUNDARY).forEach(this::stopIn);
    Thread.ofPlatform().daemon().name("debugger").start(this::run);
  }

  private void stopIn(ReferenceType boundary) {
    var request =
        machine
            .eventRequestManager()
            .createBreakpointRequest(boundary.methodsByName("passed").getFirst().location());
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
  }

  private void run() {
    try {
      while (true) {
        EventSet set = machine.eventQueue().remove();
        boolean stands = false;
        for (Event event : set) {
          switch (event) {
            case ClassPrepareEvent prepared -> stopIn(prepared.referenceType());
            case BreakpointEvent here -> stands = isWanted(here);
            default -> {}
          }
        }
        if (stands) {
          wanted = null;
          standing = set;
          reached.countDown();
        } else {
          set.resume();
        }
      }
    } catch (VMDisconnectedException e) {
      // The process is dead, as it should be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWanted(BreakpointEvent here) {
    try {
      ObjectReference boundary = here.thread().frame(0).thisObject();
      var name = ((ClassType) boundary.referenceType()).superclass().fieldByName("name");
      return ((StringReference) boundary.getValue(name)).value().equals(wanted);
    } catch (IncompatibleThreadStateException e) {
      throw new IllegalStateException(e);
    }
  }
}
