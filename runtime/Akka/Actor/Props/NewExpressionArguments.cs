using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Evaluates the arguments of a <c>() => new T(...)</c> once, and interprets, because most run only once.</summary>
internal static class NewExpressionArguments
{
    public static object[] Evaluate(NewExpression create)
    {
        if (create.Arguments.Count == 0)
            return [];
        var values = new object[create.Arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(create.Arguments[i]);
        return values;
    }

    private static object Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member when member.Expression is null or ConstantExpression or MemberExpression =>
            field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
