using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return 0;
