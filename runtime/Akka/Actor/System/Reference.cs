using Akka.Configuration;

namespace Akka.Actor.Internal;

/// <summary>What every system's configuration falls back on.</summary>
internal static class Reference
{
    public static readonly Config Config = ConfigurationFactory.ParseString(
        """
        akka {
          version = "1.5.30"
          home = ""
          loggers = ["Akka.Event.DefaultLogger"]
          loggers-dispatcher = "akka.actor.default-dispatcher"
          logger-startup-timeout = 5s
          logger-async-start = false
          loglevel = "INFO"
          stdout-loglevel = "WARNING"
          log-config-on-start = off
          log-dead-letters = 10
          log-dead-letters-during-shutdown = on
          log-dead-letters-suspend-duration = 5m
          extensions = []
          actor {
            guardian-supervisor-strategy = "Akka.Actor.DefaultSupervisorStrategy"
            creation-timeout = 20s
            ask-timeout = infinite
            unstarted-push-timeout = 10s
            default-dispatcher {
              type = "Dispatcher"
              throughput = 100
              throughput-deadline-time = 0ms
            }
            internal-dispatcher {
              type = "Dispatcher"
            }
            default-blocking-io-dispatcher {
              type = "Dispatcher"
            }
            synchronized-dispatcher {
              type = "SynchronizedDispatcher"
            }
            default-mailbox {
              mailbox-type = "Akka.Dispatch.UnboundedMailbox"
            }
            debug {
              unhandled = off
            }
          }
          scheduler {
            implementation = "Akka.Actor.HashedWheelTimerScheduler"
            tick-duration = 10ms
            shutdown-timeout = 5s
          }
          coordinated-shutdown {
            default-phase-timeout = 5s
            terminate-actor-system = on
            run-by-actor-system-terminate = on
          }
        }
        """);
}
