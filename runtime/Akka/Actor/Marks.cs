namespace Akka.Actor;

/// <summary>A message that leaves the receive timeout running.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A message that is never sent over a wire.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>A message that a stranger should not be able to send.</summary>
public interface IPossiblyHarmful;

/// <summary>A message that the cell answers before the actor sees it.</summary>
public interface IAutoReceivedMessage;

public delegate bool Receive(object message);

public delegate void UntypedReceive(object message);
