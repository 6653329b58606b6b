namespace Akka.TestKit;

/// <summary>A test class with this mark tells without a sender; without it its test actor is the sender.</summary>
public interface INoImplicitSender;
